import { eq } from "drizzle-orm";
import { drizzle } from "drizzle-orm/node-postgres";
import { orders, users, visits } from "@shop/db";

const db = drizzle(process.env.DATABASE_URL!);

export function paths() {
  return db.select({ path: visits.path }).from(visits);
}

export function buyers() {
  return db.select({ email: users.email }).from(orders).innerJoin(users, eq(users.id, orders.buyerId)); // want missing-model-field "model \"orders\" has no attribute \"buyerId\" (did you mean \"userId\"?)"
}
