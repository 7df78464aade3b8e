CREATE TYPE "public"."order_state" AS ENUM('draft', 'paid', 'sent');--> statement-breakpoint
CREATE TABLE "users" (
	"id" integer GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
	"email" character varying(255) NOT NULL,
	"name" varchar(80),
	"age" smallint,
	"balance" decimal(10,2) DEFAULT 0 NOT NULL,
	"active" bool DEFAULT 't' NOT NULL,
	"token" uuid DEFAULT gen_random_uuid() NOT NULL,
	"nickname" text,
	"created_at" timestamptz DEFAULT CURRENT_TIMESTAMP NOT NULL,
	"updated_at" timestamp with time zone,
	"tags" text[] DEFAULT ARRAY[]::text[] NOT NULL,
	"settings" jsonb DEFAULT '{ "theme": "light" }',
	CONSTRAINT "adults" CHECK (("age" >= 18)),
	CONSTRAINT "solvent" CHECK ("balance" >= 0)
);
--> statement-breakpoint
CREATE UNIQUE INDEX "users_email_key" ON "users" USING btree ("email");--> statement-breakpoint
CREATE INDEX "users_name" ON "users" ("name" ASC NULLS LAST);--> statement-breakpoint
CREATE INDEX "users_created" ON "users" ("created_at" DESC);
