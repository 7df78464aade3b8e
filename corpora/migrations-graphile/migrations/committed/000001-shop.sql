--! Previous: -
--! Hash: sha1:1111111111111111111111111111111111111111
--! Message: shop

drop schema if exists app_public cascade;
create schema app_public;

create table app_public.users (
  id bigint generated always as identity primary key,
  email text not null unique check (length(email) > 2),
  created_at timestamptz not null default now()
);
