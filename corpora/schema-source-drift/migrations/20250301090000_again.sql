-- The table is there, without a currency: nothing happens.
CREATE TABLE IF NOT EXISTS payments ( -- want schema-source-drift "without this \"currency\": this statement does nothing"
    id BIGSERIAL PRIMARY KEY,
    order_id BIGINT NOT NULL REFERENCES orders (id),
    paid_at TIMESTAMPTZ,
    currency TEXT
);

-- The same shape, and a column that a later migration brings: harmless.
CREATE TABLE IF NOT EXISTS refunds (
    id BIGSERIAL PRIMARY KEY,
    order_id BIGINT NOT NULL REFERENCES orders (id),
    reason TEXT
);

ALTER TABLE refunds ADD COLUMN IF NOT EXISTS reason TEXT;
