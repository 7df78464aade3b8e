--! Previous: sha1:2222222222222222222222222222222222222222
--! Hash: sha1:3333333333333333333333333333333333333333

--! no-transaction
create index concurrently orders_by_user on app_public.orders (user_id);
