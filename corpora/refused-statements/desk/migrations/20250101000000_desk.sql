CREATE TABLE parcels (id INTEGER PRIMARY KEY, code TEXT UNIQUE, weight REAL, size REAL, height REAL CHECK (height > 0), note TEXT);
CREATE INDEX parcels_by_weight ON parcels (id) WHERE weight > 1;
CREATE TABLE depots (id INTEGER PRIMARY KEY, parcel INTEGER REFERENCES parcels (id));
-- SQLite takes all of these.
ALTER TABLE parcels ADD COLUMN depth REAL NOT NULL DEFAULT 0;
ALTER TABLE parcels ADD COLUMN place INTEGER REFERENCES depots (id);
ALTER TABLE parcels DROP COLUMN note;
ALTER TABLE parcels DROP COLUMN height;
ALTER TABLE depots DROP COLUMN parcel;
