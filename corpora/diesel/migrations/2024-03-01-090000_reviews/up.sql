CREATE SCHEMA feedback;

CREATE TABLE feedback.reviews (
    id SERIAL PRIMARY KEY,
    order_id BIGINT NOT NULL REFERENCES orders (id),
    stars SMALLINT,
    body TEXT NOT NULL,
    tags TEXT[] NOT NULL DEFAULT '{}'
);

CREATE UNIQUE INDEX reviews_starred ON feedback.reviews (order_id) WHERE stars IS NOT NULL;
