ALTER TABLE users ADD COLUMN phone text, ALTER COLUMN email SET NOT NULL; -- want unsafe-migration
