create or replace function public.touch() returns trigger language plpgsql as $$
begin
  new.name := coalesce(new.name, split_part(new.email, '@', 1));
  return new;
end;
$$;

alter table public.users add column name text;
create trigger touch_users before insert on public.users for each row execute function public.touch();
