alter table app_public.orders drop column if exists note;
alter table app_public.orders add column note text;
