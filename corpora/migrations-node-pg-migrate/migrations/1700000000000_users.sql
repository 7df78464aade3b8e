-- Up Migration
CREATE TABLE users (
  id bigserial PRIMARY KEY,
  email text NOT NULL
);

-- Down Migration
DROP TABLE users;
