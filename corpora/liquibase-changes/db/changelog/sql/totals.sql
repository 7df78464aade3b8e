CREATE TABLE totals (day date PRIMARY KEY, total numeric NOT NULL);
