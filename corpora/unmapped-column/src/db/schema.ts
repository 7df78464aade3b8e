import { sql } from "drizzle-orm";
import { integer, sqliteTable, text } from "drizzle-orm/sqlite-core";
import { tracked } from "@shop/columns";

// The database fills `points` in and needs no `phone`; nothing fills `password`.
// want unmapped-column "does not know column \"password\", which is NOT NULL and has no default"
// want unmapped-column "does not know column \"points\", which is NOT NULL"
export const users = sqliteTable("users", {
  id: integer("id").primaryKey({ autoIncrement: true }),
  email: text("email").notNull(),
  createdAt: integer("created_at", { mode: "timestamp" }).notNull().default(sql`(unixepoch())`),
});

// The worker knows the columns that are left out here, and `search` is computed.
export const orders = sqliteTable("orders", {
  id: integer("id").primaryKey(),
  userId: integer("user_id").notNull(),
  total: integer("total").notNull(),
});

// What is spread here comes from a package that nobody sees.
export const carts = sqliteTable("carts", {
  id: integer("id").primaryKey(),
  ...tracked,
});

// A helper of a package may give its column any name.
export const audit = sqliteTable("audit", {
  id: integer("id").primaryKey(),
  text: tracked.entry(),
});
