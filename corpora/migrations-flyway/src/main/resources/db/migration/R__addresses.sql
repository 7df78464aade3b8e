CREATE OR REPLACE VIEW addresses AS SELECT id, email FROM users;
