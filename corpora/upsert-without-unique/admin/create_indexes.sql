-- Run by hand once the data is loaded.
CREATE UNIQUE INDEX coupons_code ON coupons (code);
