CREATE TABLE orders (id serial PRIMARY KEY, email text NOT NULL, total integer NOT NULL DEFAULT 0);
CREATE TABLE lines (id serial PRIMARY KEY, order_id integer NOT NULL REFERENCES orders (id), sku text NOT NULL);
