-- The container of the database runs these when it is new.
ALTER TABLE users ADD COLUMN note text;
