DELETE FROM orders WHERE weekly; -- want missing-column "weekly"
