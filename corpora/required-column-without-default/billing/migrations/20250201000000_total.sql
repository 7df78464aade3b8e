ALTER TABLE invoices ADD COLUMN total int NOT NULL;
