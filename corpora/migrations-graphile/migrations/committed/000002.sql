--! Previous: sha1:1111111111111111111111111111111111111111
--! Hash: sha1:2222222222222222222222222222222222222222

-- Enter migration here
create table app_public.orders (
  id uuid primary key default gen_random_uuid(),
  user_id bigint not null references app_public.users on delete cascade,
  total numeric(10, 2) not null
);
