ALTER TABLE "orders" ADD COLUMN "refunded_at" timestamp; -- want unregistered-migration "column \"orders.refunded_at\"" migration-version-conflict "the number of"
