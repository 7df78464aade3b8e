DROP TABLE orders; -- want lossy-down-migration "column \"users.age\" stays"
