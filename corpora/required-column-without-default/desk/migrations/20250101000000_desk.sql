CREATE TABLE parcels (id INTEGER PRIMARY KEY, code TEXT);
CREATE TABLE depots (id INTEGER PRIMARY KEY, place TEXT);
INSERT INTO depots (place) VALUES ('north');
