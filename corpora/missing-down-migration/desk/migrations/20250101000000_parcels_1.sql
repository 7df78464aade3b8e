CREATE TABLE parcels_1 (id INTEGER PRIMARY KEY); -- want missing-down-migration "no migration of desk/migrations has a way down"
