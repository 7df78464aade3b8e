CREATE TYPE status AS ENUM ('open', 'done');
CREATE DOMAIN email AS text;
CREATE TABLE users (id serial PRIMARY KEY, email email UNIQUE, account uuid UNIQUE, state status UNIQUE, handle citext UNIQUE);
-- These go together: serial and any whole number, a domain and its base, a type of an extension and what it likes.
CREATE TABLE orders (
    id bigserial PRIMARY KEY,
    user_id integer REFERENCES users (id),
    big_user_id bigint REFERENCES users (id),
    user_email varchar(200) REFERENCES users (email),
    handle text REFERENCES users (handle),
    state status REFERENCES users (state)
);
