DELETE FROM orders WHERE archived; -- want missing-column "archived"
DELETE FROM users WHERE archived; -- want missing-column "archived"
