CREATE TYPE "channel" AS ENUM('web', 'shop');
--> statement-breakpoint
CREATE TABLE "users" (
	"id" serial PRIMARY KEY,
	"email" text NOT NULL,
	"role" text,
	"seen" text,
	CONSTRAINT "users_role" CHECK ("users"."role" IN ('admin', 'member'))
);
--> statement-breakpoint
CREATE TABLE "orders" (
	"id" serial PRIMARY KEY,
	"user_id" integer NOT NULL REFERENCES "users"("id"),
	"order_kind" text NOT NULL,
	"status" text DEFAULT 'draft' NOT NULL,
	"channel" "channel" DEFAULT 'web' NOT NULL,
	"note" text,
	CONSTRAINT "orders_kind" CHECK ("orders"."order_kind" IN ('retail', 'trade')),
	CONSTRAINT "orders_status" CHECK ("orders"."status" IN ('draft', 'sent', 'paid'))
);
--> statement-breakpoint
CREATE TABLE "refunds" (
	"id" serial PRIMARY KEY,
	"order_id" integer NOT NULL REFERENCES "orders"("id"),
	"reason" text NOT NULL,
	CONSTRAINT "refunds_reason" CHECK ("refunds"."reason" IN ('broken', 'late'))
);
