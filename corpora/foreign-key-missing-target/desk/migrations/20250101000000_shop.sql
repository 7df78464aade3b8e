-- SQLite takes a key before its target: a later migration creates it.
CREATE TABLE orders (id INTEGER PRIMARY KEY, user_id INTEGER REFERENCES users (id));
CREATE TABLE refunds (
    id INTEGER PRIMARY KEY,
    invoice_id INTEGER REFERENCES invoices (id) -- want foreign-key-missing-target "references table \"invoices\", which does not exist"
);
CREATE TABLE labels (
    order_id INTEGER,
    FOREIGN KEY (order_id) REFERENCES orders (number) -- want foreign-key-missing-target "references column \"number\""
);
