ALTER TABLE orders ADD COLUMN note10 text;
