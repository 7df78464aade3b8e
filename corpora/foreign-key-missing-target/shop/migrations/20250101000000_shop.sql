CREATE TABLE users (id uuid PRIMARY KEY, email text NOT NULL, region text, UNIQUE (region, email));
-- A table may point at itself, at a unique index, at a pair in any order, and at what a platform keeps in a namespace of its own.
CREATE TABLE categories (id int PRIMARY KEY, parent_id int REFERENCES categories, code text NOT NULL);
CREATE UNIQUE INDEX categories_by_code ON categories (code);
CREATE TABLE products (
    id int PRIMARY KEY,
    category_code text REFERENCES categories (code),
    owner_id uuid REFERENCES auth.users (id),
    maker_email text,
    maker_region text,
    FOREIGN KEY (maker_email, maker_region) REFERENCES users (email, region)
);
-- As pg_dump writes it: keys come last.
CREATE TABLE public.orders (id int NOT NULL, user_id uuid);
CREATE TABLE public.lines (id int NOT NULL, order_id int);
ALTER TABLE ONLY public.orders ADD CONSTRAINT orders_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.lines ADD CONSTRAINT lines_order FOREIGN KEY (order_id) REFERENCES public.orders(id);
CREATE TABLE drafts (id int, note text);
