SELECT totl FROM orders; -- want missing-column "totl"
SELECT nam FROM users; -- want missing-column "nam"
