create index concurrently orders_by_status on public.orders (status);
