CREATE TABLE users (id serial PRIMARY KEY, email varchar NOT NULL UNIQUE);

CREATE TABLE orders (
    id serial PRIMARY KEY,
    user_id integer NOT NULL REFERENCES users (id),
    referrer_id integer REFERENCES users (id) ON DELETE CASCADE
);

CREATE TABLE addresses (
    id serial PRIMARY KEY,
    user_id integer NOT NULL REFERENCES users (id) ON DELETE CASCADE
);

CREATE TABLE reviews (
    id serial PRIMARY KEY,
    user_id integer REFERENCES users (id) ON DELETE SET NULL
);

CREATE TABLE invoices (
    id serial PRIMARY KEY,
    user_id integer NOT NULL REFERENCES users (id),
    deleted_at timestamptz
);
