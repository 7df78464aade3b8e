-- The whole schema of today; the other file brings old installations up to it.
create table users
(
	id int auto_increment primary key,
	safe_name varchar(32) not null,
	constraint users_safe_name_uindex unique (safe_name)
);

create table orders
(
	id int auto_increment primary key,
	user_id int not null,
	total int unsigned default 0 not null
);
