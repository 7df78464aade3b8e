ALTER TABLE roles ADD CHECK (name <> ''); -- want unsafe-migration "every row of \"roles\" must satisfy the new CHECK"
ALTER TABLE orders ADD CONSTRAINT of_user FOREIGN KEY (user_id) REFERENCES users (id); -- want unsafe-migration "every row of \"orders\" must have its row in \"users\""
ALTER TABLE users ALTER COLUMN email SET NOT NULL; -- want unsafe-migration "no row of \"users\" may be without \"email\""
-- Put off, filled before, or of what this migration makes.
ALTER TABLE orders ADD CONSTRAINT positive CHECK (total > 0) NOT VALID;
ALTER TABLE orders VALIDATE CONSTRAINT positive;
UPDATE users SET name = '' WHERE name IS NULL;
ALTER TABLE users ALTER COLUMN name SET NOT NULL;
ALTER TABLE orders ADD COLUMN role_id int;
ALTER TABLE orders ADD FOREIGN KEY (role_id) REFERENCES roles (id);
CREATE TABLE carts (id int PRIMARY KEY, user_id int);
ALTER TABLE carts ADD FOREIGN KEY (user_id) REFERENCES users (id);
ALTER TABLE carts ADD CHECK (user_id > 0);
TRUNCATE orders;
ALTER TABLE orders ADD CHECK (note <> '');
