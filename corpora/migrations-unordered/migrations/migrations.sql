# v1.1
alter table users change name_safe safe_name varchar(32) not null;
alter table users drop key users_name_safe_uindex;
# v1.2
alter table orders drop column sum_old;
alter table orders add total int unsigned default 0 not null;
