-- Said to nobody: no changelog, and not included.
ALTER TABLE orders ADD COLUMN note text;
