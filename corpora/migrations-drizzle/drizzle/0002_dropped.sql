ALTER TABLE "orders" ADD COLUMN "refunded_at" timestamp; -- want unregistered-migration "column \"orders.refunded_at\""
