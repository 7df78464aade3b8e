import Database from "better-sqlite3";
import { desc, eq } from "drizzle-orm";
import { drizzle } from "drizzle-orm/better-sqlite3";
import { alias } from "drizzle-orm/sqlite-core";
import * as schema from "./db/schema";
import { carts, orders, users } from "./db/schema";

const db = drizzle(new Database("shop.db"), { schema });

export function named(name: string) {
  return db.select().from(users).where(eq(users.name, name)); // want missing-model-field "model \"users\" has no attribute \"name\" (did you mean \"fullName\"?)"
}

export function sums() {
  return db
    .select({ id: orders.id, sum: orders.totel }) // want missing-model-field "model \"orders\" has no attribute \"totel\" (did you mean \"total\"?)"
    .from(orders)
    .innerJoin(users, eq(orders.user_id, users.id)) // want missing-model-field "model \"orders\" has no attribute \"user_id\" (did you mean \"userId\"?)"
    .orderBy(desc(orders.total));
}

// Attributes of a spread object, also through another; of an alias; of a namespace.
export function latest() {
  const buyers = alias(users, "buyers");
  return db
    .select({ at: users.createdAt, changed: schema.users.updatedAt, buyer: buyers.email })
    .from(users)
    .leftJoin(buyers, eq(buyers.id, users.id));
}

// What a package spreads may be there.
export function open() {
  return db.select({ owner: carts.owner }).from(carts).where(eq(carts.closed, false));
}

// A list of rows that is called like the table.
export function emails(users: { email: string; nick: string }[]) {
  return db.select().from(orders).where(eq(orders.id, users.length));
}

// Relations, and what lies inside of JSON.
export async function gifts() {
  const found = await db.query.orders.findMany({ with: { user: { columns: { fullName: true } } } });
  return found.filter((one) => one.details.gift && one.user.fullName);
}

export function types(): (typeof users.$inferSelect)[] {
  return [];
}

export async function rename(id: number, name: string) {
  await db.update(users).set({ fullname: name }).where(eq(users.id, id)); // want missing-model-field "model \"users\" has no attribute \"fullname\" (did you mean \"fullName\"?)"
  await db.insert(orders).values({ userId: id, total: 0, details: { gift: true }, note: name }); // want missing-model-field "model \"orders\" has no attribute \"note\""
}
