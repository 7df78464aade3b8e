CREATE TABLE users (id BIGINT PRIMARY KEY, email TEXT NOT NULL); -- want missing-down-migration
