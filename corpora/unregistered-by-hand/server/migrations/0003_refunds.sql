-- A script sends this one by its name.
CREATE TABLE refunds (
  id serial PRIMARY KEY,
  order_id integer NOT NULL
);
