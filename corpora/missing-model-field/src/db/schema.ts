import { relations } from "drizzle-orm";
import { index, integer, sqliteTable, text } from "drizzle-orm/sqlite-core";
import { tracked } from "@shop/columns";
import { timestamps } from "./columns";

export const users = sqliteTable("users", {
  id: integer("id").primaryKey(),
  email: text("email").notNull(),
  fullName: text("full_name"),
  ...timestamps,
});

export const orders = sqliteTable(
  "orders",
  {
    id: integer("id").primaryKey(),
    userId: integer("user_id").notNull().references(() => users.id),
    total: integer("total").notNull(),
    details: text("details", { mode: "json" }).$type<{ gift: boolean }>().notNull(),
  },
  (t) => [index("orders_user").on(t.userId)],
);

export const ordersRelations = relations(orders, ({ one }) => ({ user: one(users, { fields: [orders.userId], references: [users.id] }) }));

// What is spread here comes from a package that nobody sees.
export const carts = sqliteTable("carts", { id: integer("id").primaryKey(), ...tracked });
