-- Run after a reset, by hand configuration: no migration.
grant connect on database shop to shopper;
drop table app_public.orders;
