import { sql } from "drizzle-orm";
import * as core from "drizzle-orm/sqlite-core";
import { created, flag, id } from "../columns";
import { users } from "./users";

const columns = {
  id,
  userId: core.text("user_id").notNull().references(() => users.id, { onDelete: "restrict" }),
  total: core.integer().notNull().default(0),
  gift: flag("is_gift"),
  placedAt: core.text("placed_at").notNull().default(sql`CURRENT_TIMESTAMP`),
};

export const orders = core.sqliteTable("order", columns, (t) => [core.index("order_open").on(t.userId).where(sql`${t.total} > 0`)]);

export const orderItems = core.sqliteTable(
  "order_item",
  {
    orderId: core.text("order_id").notNull(),
    line: core.integer("line").notNull(),
    parentLine: core.integer("parent_line"),
    sku: core.text().notNull(),
    ...created,
  },
  ({ orderId, line, parentLine, sku }) => [
    core.primaryKey({ columns: [orderId, line] }),
    core.foreignKey({ columns: [orderId], foreignColumns: [orders.id] }).onDelete("cascade"),
    core.foreignKey({ columns: [orderId, parentLine], foreignColumns: [orderId, line] }),
    core.unique().on(sku, orderId),
  ],
);
