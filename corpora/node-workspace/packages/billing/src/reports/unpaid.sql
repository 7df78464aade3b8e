CREATE OR REPLACE VIEW unpaid AS SELECT * FROM invoices WHERE paid = false;
