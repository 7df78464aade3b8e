ALTER TABLE users ADD COLUMN mobile text; -- the way back of V10, which nothing runs
