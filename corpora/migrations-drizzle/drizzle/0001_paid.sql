ALTER TABLE "orders" ADD COLUMN "paid_at" timestamp -- want migration-version-conflict "stamped before \"0002_orders\""
--> statement-breakpoint
-- No semicolon is needed in front of a breakpoint.
INSERT INTO "users" ("email") VALUES ('clerk@shop.example')

--> statement-breakpoint
ALTER TABLE "users" ALTER COLUMN "email" SET DATA TYPE text;--> statement-breakpoint
ALTER TYPE "public"."order_status" ADD VALUE 'lost';
