DELETE FROM orders WHERE yearly; -- want missing-column "yearly"
