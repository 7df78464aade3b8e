DELETE FROM orders WHERE creatd_at IS NULL; -- want missing-column "creatd_at"
