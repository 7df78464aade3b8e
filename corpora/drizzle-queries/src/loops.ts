import { eq, inArray, sql } from "drizzle-orm";

import { db } from "./db";
import { orders, users } from "./db/schema";

export async function slowly(items: { id: number }[]) {
  for (const item of items) {
    await db.select().from(orders).where(eq(orders.userId, item.id)); // want n-plus-one "orders"
    await db.query.users.findFirst({ where: eq(users.id, item.id) }); // want n-plus-one "users"
  }
  // want n-plus-one "users"
  return Promise.all(items.map((item) => db.select({ name: users.name }).from(users).where(eq(users.id, item.id))));
}

export async function prepared(items: { id: number }[]) {
  // want n-plus-one "orders"
  const byUser = db.select().from(orders).where(eq(orders.userId, sql.placeholder("user"))).prepare("orders_of_user");
  for (const item of items) {
    await byUser.execute({ user: item.id });
  }
}

export async function atOnce(items: { id: number }[]) {
  const ids = items.map((item) => item.id);
  const found = await db.select().from(orders).where(inArray(orders.userId, ids));
  for (let start = 0; start < ids.length; start += 100) {
    const chunk = ids.slice(start, start + 100);
    await db.select().from(orders).where(inArray(orders.userId, chunk));
  }
  return { found, all: await db.query.users.findMany({ with: { orders: true } }) };
}
