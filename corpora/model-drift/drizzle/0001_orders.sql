CREATE TABLE "orders" (
	"id" bigint NOT NULL,
	"user_id" integer NOT NULL REFERENCES "users" ("id") ON DELETE CASCADE,
	"coupon_id" integer REFERENCES "users",
	"state" "order_state" DEFAULT 'draft' NOT NULL,
	"total" numeric(12,2) NOT NULL,
	"note" text NOT NULL,
	"placed_at" timestamp NOT NULL,
	"reference" varchar(12) NOT NULL,
	PRIMARY KEY ("id")
);
--> statement-breakpoint
CREATE INDEX "orders_user" ON "orders" ("user_id") WHERE "state" <> 'sent';--> statement-breakpoint
CREATE INDEX "orders_placed" ON "orders" USING brin ("placed_at");
