DELETE FROM orders WHERE nightly; -- want missing-column "nightly"
