alter table app_public.orders drop column if exists paid_at;
alter table app_public.orders add column paid_at timestamptz;
