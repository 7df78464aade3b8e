import { bigint, decimal, foreignKey, int, mysqlEnum, primaryKey, unique, varchar } from "drizzle-orm/mysql-core";
import { ids, mysqlTable, STATES, timestamps } from "../columns";
import { users } from "./users";

export const orders = mysqlTable(
  "orders",
  {
    ...ids(),
    userId: bigint("user_id", { mode: "number", unsigned: true }).references(() => users.id, { onDelete: "cascade" }),
    state: mysqlEnum("state", STATES).notNull(),
    total: decimal({ precision: 10, scale: 2 }).notNull().default("0.00"),
    tax: decimal({ unsigned: true }),
    code: varchar("code", { length: 16 }).notNull(),
    ...timestamps,
  },
  (t) => ({ codes: unique("orders_code").on(t.code, t.userId) }),
);

export const items = mysqlTable(
  "items",
  {
    orderId: bigint("order_id", { mode: "number", unsigned: true }).notNull(),
    line: int("line").notNull(),
    name: varchar("name", { length: 100 }).notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.orderId, t.line], name: "items_key" }),
    foreignKey({ columns: [t.orderId], foreignColumns: [orders.id], name: "items_order" }).onDelete("cascade"),
  ],
);
