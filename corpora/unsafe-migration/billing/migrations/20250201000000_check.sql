ALTER TABLE invoices ADD CHECK (total > 0), ADD FOREIGN KEY (code) REFERENCES codes (id);
