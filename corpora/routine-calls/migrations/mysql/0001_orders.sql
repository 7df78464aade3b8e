CREATE TABLE orders (id INT AUTO_INCREMENT PRIMARY KEY, user_id INT NOT NULL, total INT NOT NULL) ENGINE = InnoDB;
CREATE INDEX orders_by_user ON orders (user_id);
CREATE INDEX orders_by_total ON orders (total);
