import { sql } from "drizzle-orm";
import { check, integer, pgEnum, pgTable, serial, text } from "drizzle-orm/pg-core";

export const channel = pgEnum("channel", ["web", "shop"]);

export const users = pgTable(
  "users",
  { id: serial("id").primaryKey(), email: text("email").notNull(), role: text("role"), seen: text("seen") },
  (table) => [check("users_role", sql`${table.role} IN ('admin', 'member')`)],
);

export const orders = pgTable(
  "orders",
  {
    id: serial("id").primaryKey(),
    userId: integer("user_id").notNull().references(() => users.id),
    orderKind: text("order_kind").notNull(),
    status: text("status").notNull().default("draft"),
    channel: channel("channel").notNull().default("web"),
    note: text("note"),
  },
  (table) => [
    check("orders_kind", sql`${table.orderKind} IN ('retail', 'trade')`),
    check("orders_status", sql`${table.status} IN ('draft', 'sent', 'paid')`),
  ],
);

export const refunds = pgTable(
  "refunds",
  {
    id: serial("id").primaryKey(),
    orderId: integer("order_id").notNull().references(() => orders.id),
    reason: text("reason").notNull(),
  },
  (table) => [check("refunds_reason", sql`${table.reason} IN ('broken', 'late')`)],
);

export type NewOrder = typeof orders.$inferInsert;
