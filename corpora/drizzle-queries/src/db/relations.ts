import { relations } from "drizzle-orm";

import { orderItems, orders, users } from "./schema";

export const usersRelations = relations(users, ({ many, one }) => ({
  orders: many(orders),
  manager: one(users, { fields: [users.managerId], references: [users.id] }),
}));

export const ordersRelations = relations(orders, ({ one, many }) => ({
  user: one(users, { fields: [orders.userId], references: [users.id] }),
  items: many(orderItems),
}));

export const orderItemsRelations = relations(orderItems, ({ one }) => ({
  order: one(orders, { fields: [orderItems.orderId], references: [orders.id] }),
}));
