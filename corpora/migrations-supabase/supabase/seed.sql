insert into public.users (email) values ('clerk@shop.example');
insert into public.orders (user_id) values (1);
