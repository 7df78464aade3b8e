// Names the library nowhere: handle, operators and tables come from a package of the repository.
import { db, eq, schema, sql, tables } from "@shop/db";
import { orders } from "@shop/db/src/schema";

import { limits } from "./limits";

export const find = (id: number) => db.select().from(orders).where(eq(orders.id, id)); // want tables=orders
export const mine = (userId: number) => db.select({ note: schema.orders.note }).from(schema.orders).where(eq(schema.orders.userId, userId)); // want tables=orders
export const both = () => db.select().from(tables.users).leftJoin(tables.orders, eq(tables.orders.userId, tables.users.id)); // want tables=users,orders
export const lost = () => db.select({ n: sql<number>`count(${orders.total})` }).from(orders).limit(limits.orders); // want tables=orders missing-model-field "total"
export const clear = async () => {
  const seen = new Map<string, number>();
  seen.delete("key");
  await db.delete(orders).where(eq(orders.note, limits.note)); // want tables=orders
};
