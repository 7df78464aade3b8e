-- no-transaction
CREATE INDEX CONCURRENTLY orders_by_total ON orders (total);
