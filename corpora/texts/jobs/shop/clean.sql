DELETE FROM orders WHERE closd; -- want missing-column "closd"
