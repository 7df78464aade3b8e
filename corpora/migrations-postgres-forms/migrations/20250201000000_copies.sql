CREATE TABLE products (
    id bigint GENERATED ALWAYS AS IDENTITY,
    name varchar(40) NOT NULL DEFAULT 'thing' CHECK (length(name) > 1),
    price numeric(8, 2) CONSTRAINT is_fair CHECK (price > 0),
    shown text GENERATED ALWAYS AS (upper(name)) STORED,
    CONSTRAINT products_pk PRIMARY KEY (id),
    UNIQUE NULLS NOT DISTINCT (name),
    UNIQUE (name, price), UNIQUE (name, price)
);
CREATE INDEX ON products (lower(name), (price + 1), (name || 'x'), lower(shown)) INCLUDE (price);
CREATE TABLE products_plain (LIKE products);
CREATE TABLE products_some (before int, LIKE products INCLUDING DEFAULTS INCLUDING CONSTRAINTS, after int);
CREATE TABLE products_most (LIKE products INCLUDING ALL EXCLUDING IDENTITY EXCLUDING INDEXES);
CREATE TABLE products_all (LIKE products INCLUDING ALL, LIKE addresses INCLUDING INDEXES EXCLUDING ALL);
CREATE TABLE books (isbn text, name varchar(40) DEFAULT 'book') INHERITS (products);
ALTER TABLE products ADD COLUMN weight int CONSTRAINT has_weight CHECK (weight > 0), ADD CONSTRAINT is_dear CHECK (price > 1) NO INHERIT;
ALTER TABLE products DROP CONSTRAINT is_fair;
ALTER TABLE products DROP COLUMN price CASCADE;
ALTER TABLE books NO INHERIT products;
ALTER TABLE products RENAME COLUMN name TO "fullName";
CREATE TABLE sales (id int NOT NULL, day date NOT NULL, total int DEFAULT 0, UNIQUE (id, day)) PARTITION BY RANGE (day);
CREATE TABLE sales_2024 PARTITION OF sales (total NOT NULL, CHECK (total < 10)) FOR VALUES FROM ('2024-01-01') TO ('2025-01-01') PARTITION BY LIST (id);
CREATE TABLE sales_2024_one PARTITION OF sales_2024 DEFAULT;
CREATE TABLE sales_2023 (LIKE sales);
CREATE INDEX ON sales (total);
CREATE INDEX only_here ON ONLY sales (day);
ALTER TABLE sales ATTACH PARTITION sales_2023 FOR VALUES FROM ('2023-01-01') TO ('2024-01-01');
ALTER TABLE sales ADD COLUMN note varchar(3) NOT NULL DEFAULT 'x', ALTER total SET DEFAULT 5;
CREATE TABLE sales_none PARTITION OF sales DEFAULT;
ALTER TABLE sales DETACH PARTITION sales_2024;
ALTER TABLE sales DROP COLUMN total;
CREATE TABLE dear AS SELECT id, "fullName", id::text AS t, 'x' AS kind FROM products WITH NO DATA;
SELECT day, note INTO UNLOGGED days FROM sales WHERE note IS NOT NULL;
CREATE UNLOGGED TABLE counted (id, n) AS SELECT id, count(*) FROM sales GROUP BY id;
