CREATE TABLE invoices (id int PRIMARY KEY, total int, code int);
CREATE TABLE codes (id int PRIMARY KEY);
