-- An index need not be unique, and MySQL forgets the key of a column.
CREATE TABLE teams (id int PRIMARY KEY, team int, FOREIGN KEY (team) REFERENCES users (team));
CREATE TABLE gifts (id int PRIMARY KEY, giver int REFERENCES givers (id));
CREATE TABLE payments (
    id int PRIMARY KEY,
    invoice_id int,
    FOREIGN KEY (invoice_id) REFERENCES invoices (id) -- want foreign-key-missing-target "references table \"invoices\""
);
ALTER TABLE payments ADD COLUMN amount int;
CREATE TABLE parcels (weight int, size int, PRIMARY KEY (weight, size));
ALTER TABLE payments ADD CONSTRAINT sized FOREIGN KEY (amount) REFERENCES parcels (size); -- want foreign-key-missing-target "with which no index begins"
