-- migrate:up transaction:false
CREATE INDEX CONCURRENTLY orders_by_day ON orders (placed);

-- migrate:down transaction:false
DROP INDEX orders_by_day;
