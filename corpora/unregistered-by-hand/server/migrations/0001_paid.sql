ALTER TABLE orders ADD COLUMN paid_at timestamptz; -- want unregistered-migration "drizzle runs those in migrations alone: the schema lacks what it adds, column \"orders.paid_at\""
-- Nobody runs server/migrations: drizzle-kit keeps its own beside it.
