ALTER TABLE users ADD COLUMN `rank` INT UNSIGNED NOT NULL DEFAULT 0 AFTER id, ADD COLUMN code INT NOT NULL FIRST, DROP PRIMARY KEY, ADD PRIMARY KEY (id, code);
CREATE TABLE lines_of_orders (id BIGINT UNSIGNED NOT NULL PRIMARY KEY, order_id INT NOT NULL, again_id INT,
  FOREIGN KEY (order_id) REFERENCES orders (id), FOREIGN KEY (again_id) REFERENCES orders (id) ON DELETE CASCADE);
ALTER TABLE lines_of_orders DROP FOREIGN KEY lines_of_orders_ibfk_1, ADD UNIQUE KEY both_of (order_id, again_id), DROP KEY order_id;
ALTER TABLE lines_of_orders ADD KEY by_again (again_id, id), ADD COLUMN IF NOT EXISTS order_id INT;
RENAME TABLE lines_of_orders TO order_lines;
ALTER TABLE order_lines DROP FOREIGN KEY order_lines_ibfk_2, ALTER COLUMN again_id SET DEFAULT 3;
ALTER TABLE order_lines CHANGE `again_id` later_id BIGINT NULL COMMENT 'later', MODIFY order_id INT NOT NULL AFTER later_id;
