CREATE INDEX orders_recent ON orders (placed) WHERE placed > NOW() - interval '1 day'; -- want migration-error "functions in an index predicate must be IMMUTABLE, and now() is not"
CREATE INDEX orders_today ON orders (id) WHERE placed > CURRENT_TIMESTAMP; -- want migration-error "current_timestamp is not"
CREATE INDEX orders_day ON orders ((placed::date)); -- want migration-error "placed::date is not"
CREATE INDEX orders_month ON orders (date_trunc('month', placed)); -- want migration-error "date_trunc(placed) is not"
CREATE INDEX orders_text ON orders (to_char(billed, 'YYYY-MM')); -- want migration-error "to_char() is not"
CREATE INDEX CONCURRENTLY orders_by_state ON orders (state); -- want migration-error "CREATE INDEX CONCURRENTLY cannot run inside a transaction block"
DROP INDEX CONCURRENTLY orders_by_total; -- want migration-error "DROP INDEX CONCURRENTLY cannot run"
CREATE TABLE refunds (id int, note text, id text); -- want migration-error "column \"id\" is declared twice"
CREATE TABLE payments (id int PRIMARY KEY, note text, PRIMARY KEY (note)); -- want migration-error "has two primary keys"
ALTER TABLE orders ADD PRIMARY KEY (state); -- want migration-error "already has a primary key"
CREATE TABLE lines (
    id int,
    UNIQUE (order_id), -- want migration-error "table \"lines\" has no column \"order_id\""
    note text
);
