CREATE OR REPLACE VIEW
  b_addresses AS SELECT id FROM addresses;
