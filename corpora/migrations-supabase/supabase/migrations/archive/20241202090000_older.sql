alter table public.carts add column note text;
