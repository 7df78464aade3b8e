CREATE TABLE warehouses (id int PRIMARY KEY, city text);
CREATE TABLE couriers (id int, name text);
DROP TABLE warehouses;
CREATE TABLE stocks (
    id int PRIMARY KEY,
    warehouse_id int REFERENCES warehouses (id) -- want foreign-key-missing-target "references table \"warehouses\", which does not exist"
);
ALTER TABLE orders ADD COLUMN product_sku int REFERENCES products (sku); -- want foreign-key-missing-target "references column \"sku\", which table \"products\" does not have"
ALTER TABLE orders ADD CONSTRAINT by_email FOREIGN KEY (user_id) REFERENCES users (email); -- want foreign-key-missing-target "references \"users\" (email), which is not unique"
ALTER TABLE orders ADD COLUMN courier_id int REFERENCES couriers; -- want foreign-key-missing-target "references table \"couriers\", which has no primary key"
-- What follows is not accused of it again.
CREATE INDEX stocks_by_warehouse ON stocks (warehouse_id);
