import { relations } from "drizzle-orm";
import { bigint, integer, primaryKey, text, timestamp, uuid } from "drizzle-orm/pg-core";
import { createTable, id, money, orderStatus, timestamps } from "../columns";
import { products } from "./catalog";
import { users } from "./users";

export const orders = createTable("orders", {
  id: id(),
  userId: uuid().notNull().references(() => users.id, { onDelete: "cascade" }),
  status: orderStatus("state").notNull().default("draft"),
  history: orderStatus().array().notNull().default([]),
  total: money("total").notNull().default("0.00"),
  note: text({ enum: ["gift", "fragile"] }), // want enum-drift "column \"shop_orders.note\" takes any text"
  paidAt: timestamp({ mode: "date" }),
  ...timestamps,
});

export const orderItems = createTable(
  "order_items",
  {
    orderId: uuid().references(() => orders.id),
    productId: bigint({ mode: "number" }).references(() => products.id),
    quantity: integer().notNull(),
  },
  (t) => [primaryKey({ name: "order_items_key", columns: [t.orderId, t.productId] })],
);

export const ordersRelations = relations(orders, ({ one, many }) => ({
  user: one(users, { fields: [orders.userId], references: [users.id] }),
  items: many(orderItems),
}));
