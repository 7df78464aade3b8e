CREATE TABLE "users" (
  "id" serial PRIMARY KEY NOT NULL,
  "email" varchar(40) NOT NULL,
  "full_name" text,
  "role" text DEFAULT 'member' NOT NULL,
  "age" integer,
  "manager_id" integer,
  "created_at" timestamp DEFAULT now() NOT NULL,
  CONSTRAINT "users_email_unique" UNIQUE("email"),
  CONSTRAINT "users_role_check" CHECK ("users"."role" in ('member', 'admin'))
);
--> statement-breakpoint
CREATE TABLE "orders" (
  "id" serial PRIMARY KEY NOT NULL,
  "user_id" integer NOT NULL,
  "status" text DEFAULT 'open' NOT NULL,
  "total" numeric(10, 2) NOT NULL,
  "label" text GENERATED ALWAYS AS ('order ' || status) STORED,
  "tags" text[] DEFAULT '{}' NOT NULL,
  "payload" jsonb,
  "placed_at" timestamp DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "order_items" (
  "id" serial PRIMARY KEY NOT NULL,
  "order_id" integer NOT NULL,
  "sku" varchar(12) NOT NULL,
  "quantity" integer DEFAULT 1 NOT NULL
);
