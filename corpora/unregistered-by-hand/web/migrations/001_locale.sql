-- CI runs these.
ALTER TABLE users ADD COLUMN locale text;
