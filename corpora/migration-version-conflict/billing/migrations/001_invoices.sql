-- Nobody says which tool runs these: the whole name may be the version.
CREATE TABLE invoices (id BIGINT PRIMARY KEY);
