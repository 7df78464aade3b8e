import { and, eq, sql } from "drizzle-orm";

import { db } from "./db";
import { orderItems, orders, users } from "./db/schema";

type NewUser = { email: string; name?: string };

export async function register(input: NewUser) {
  await db.insert(users).values(input);
  await db.insert(users).values({ ...input, role: "member" }).returning({ id: users.id });
  await db.insert(users).values({ email: "ada@example.com", role: "owner" }); // want check-violation "owner"
  await db.insert(users).values({ email: "a.very.long.address.of.a.customer@example.com" }); // want value-too-long "email"
  await db.insert(users).values({ name: "Ada" }); // want missing-required-column "email"
  await db.insert(users).values([{ email: "a@example.com" }, { email: "b@example.com", name: "B" }]);
  const rows = [{ orderId: 1, sku: "A-1" }];
  await db.insert(orderItems).values(rows);
}

export async function place(userId: number, total: string, names: string[]) {
  return db.transaction(async (tx) => {
    const [order] = await tx.insert(orders).values({ userId, total, label: "first" }).returning(); // want generated-column-write "label"
    await tx.insert(orderItems).values(names.map((sku) => ({ orderId: order.id, sku })));
    // want missing-required-column "order_id"
    await tx.insert(orderItems).values(names.map((sku) => ({ sku, quantity: 1 })));
  });
}

export async function upserts(email: string) {
  await db.insert(users).values({ email }).onConflictDoNothing();
  await db.insert(users).values({ email }).onConflictDoNothing({ target: users.email });
  await db.insert(users).values({ email }).onConflictDoUpdate({ target: [users.email], set: { name: sql`excluded.full_name`, createdAt: new Date() } });
  await db.insert(users).values({ email }).onConflictDoUpdate({ target: users.email, set: { name: sql.raw(`excluded.${users.name.name}`) } });
  // want upsert-without-unique "full_name"
  await db.insert(users).values({ email, name: "x" }).onConflictDoUpdate({ target: users.name, set: { email } });
}

export async function change(id: number, patch: Partial<NewUser>) {
  await db.update(users).set(patch).where(eq(users.id, id));
  await db.update(users).set({ ...patch, role: "guest" }).where(eq(users.id, id)); // want check-violation "guest"
  await db.update(orders).set({ total: sql`${orders.total} + 1` }).from(users).where(and(eq(users.id, orders.userId), eq(users.id, id)));
  await db.update(orders).set({ status: "closed" }); // want unfiltered-write "orders"
  await db.update(users).set({ phone: "1" }).where(eq(users.id, id)).returning({ id: users.id }); // want missing-column "phone"
  await db.delete(orderItems); // want unfiltered-write "order_items"
  await db.delete(orders).where(eq(orders.id, id));
  await db.insert(orderItems).select(db.select({ orderId: orders.id, sku: sql<string>`'gift'`.as("sku") }).from(orders));
  await db.batch([db.update(users).set({ role: "admin" }).where(eq(users.id, id)), db.delete(orders).where(eq(orders.userId, id))]);
}
