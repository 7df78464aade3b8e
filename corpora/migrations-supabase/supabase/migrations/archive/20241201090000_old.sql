drop table public.orders;
create table public.carts (id bigint primary key);
