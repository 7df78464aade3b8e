CREATE TABLE users (
  id serial PRIMARY KEY,
  email text NOT NULL
);
--> statement-breakpoint
CREATE TABLE orders (
  id serial PRIMARY KEY,
  user_id integer NOT NULL,
  status text NOT NULL,
  total integer NOT NULL
);
