ALTER TABLE users ADD COLUMN name text; -- want missing-down-migration "migration \"20250103000000_name\" has no way down"
