--liquibase formatted sql

--changeset "a clerk":orders labels:shop
--comment: what was bought
CREATE TABLE orders (
    id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
    user_id bigint NOT NULL REFERENCES users (id),
    total numeric(10, 2) NOT NULL
);
--rollback DROP TABLE orders;

--changeset clerk:orders-index runInTransaction:false
CREATE INDEX CONCURRENTLY orders_by_user ON orders (user_id);
