create policy "own orders" on public.orders for select using (true);

alter table public.orders add column total numeric(10, 2) not null default 0;
create index orders_by_user on public.orders using btree (user_id);
