CREATE TABLE users (
  id bigserial PRIMARY KEY,
  email text NOT NULL
);

-- The view is made by a function.
CREATE FUNCTION make_active_users() RETURNS void AS $$
  BEGIN
    CREATE OR REPLACE VIEW active_users AS SELECT * FROM users;
  END;
$$ LANGUAGE plpgsql;
SELECT make_active_users();
