-- Copied by hand for a new migration; its name has no number, and nothing runs it.
create table public.template (id bigint primary key);
