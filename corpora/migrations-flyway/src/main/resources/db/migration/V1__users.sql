CREATE TABLE users (id bigserial PRIMARY KEY, email text); -- want missing-down-migration
