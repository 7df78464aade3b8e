CREATE OR REPLACE VIEW order_owners AS SELECT user_id FROM orders;
