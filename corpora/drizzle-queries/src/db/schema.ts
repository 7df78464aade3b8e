import { check, integer, jsonb, numeric, pgTable, serial, text, timestamp, varchar } from "drizzle-orm/pg-core";
import { sql } from "drizzle-orm";

export const users = pgTable(
  "users",
  {
    id: serial("id").primaryKey(),
    email: varchar("email", { length: 40 }).notNull().unique(),
    name: text("full_name"),
    role: text("role").notNull().default("member"),
    age: integer("age"),
    managerId: integer("manager_id"),
    phone: text("phone"), // want missing-column "phone"
    createdAt: timestamp("created_at").defaultNow().notNull(),
  },
  (table) => [check("users_role_check", sql`${table.role} in ('member', 'admin')`)],
);

export const orders = pgTable("orders", {
  id: serial("id").primaryKey(),
  userId: integer("user_id").notNull(),
  status: text("status").notNull().default("open"),
  total: numeric("total", { precision: 10, scale: 2 }).notNull(),
  label: text("label").generatedAlwaysAs(sql`'order ' || status`),
  tags: text("tags").array().notNull().default([]),
  payload: jsonb("payload"),
  placedAt: timestamp("placed_at").defaultNow().notNull(),
});

export const orderItems = pgTable("order_items", {
  id: serial("id").primaryKey(),
  orderId: integer("order_id").notNull(),
  sku: varchar("sku", { length: 12 }).notNull(),
  quantity: integer("quantity").notNull().default(1),
});

// want missing-table "refunds"
export const refunds = pgTable("refunds", { id: serial("id").primaryKey(), orderId: integer("order_id").notNull() });
