CREATE TABLE invoices (id int PRIMARY KEY);
INSERT INTO invoices (id) VALUES (1);
