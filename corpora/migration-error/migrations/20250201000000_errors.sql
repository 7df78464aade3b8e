ALTER TABLE users ADD COLUMN email TEXT; -- want migration-error "column \"email\" of table \"users\" already exists"
CREATE TABLE orders (id INTEGER PRIMARY KEY); -- want migration-error "table \"orders\" already exists"
CREATE INDEX invoices_by_user ON invoices (user_id); -- want migration-error "table \"invoices\" does not exist"
CREATE INDEX orders_by_status ON orders (status); -- want migration-error "table \"orders\" has no column \"status\""
ALTER TABLE orders RENAME COLUMN note TO remark;
ALTER TABLE orders DROP COLUMN note; -- want migration-error "table \"orders\" has no column \"note\""
DROP INDEX orders_by_note; -- want migration-error "index \"orders_by_note\" does not exist"
-- want migration-error "a parenthesis is not closed"
CREATE TABLE refunds (
    id INTEGER PRIMARY KEY,
    order_id INTEGER NOT NULL REFERENCES orders(id)
;
-- The broken statement above is the cause here.
CREATE INDEX refunds_by_order ON refunds (order_id);
