-- A note beside a migration that is not written yet.
ALTER TABLE "Order" ADD COLUMN "note" TEXT;
