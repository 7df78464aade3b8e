CREATE TABLE payments (
    id BIGSERIAL PRIMARY KEY,
    order_id BIGINT NOT NULL REFERENCES orders (id),
    paid_at TIMESTAMPTZ
);

CREATE TABLE refunds ( -- want schema-source-drift "db/schema.sql lacks it"
    id BIGSERIAL PRIMARY KEY,
    order_id BIGINT NOT NULL REFERENCES orders (id)
);
