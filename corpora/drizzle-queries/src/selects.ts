import { and, asc, avg, between, count, countDistinct, desc, eq, exists, gt, gte, ilike, inArray, isNotNull, isNull, like, lt, lte, max, min, ne, not, notInArray, or, sql, sum, type SQL } from "drizzle-orm";
import { alias, union } from "drizzle-orm/pg-core";

import { db } from "./db";
import { orderItems, orders, refunds, users } from "./db/schema";
import * as schema from "./db/schema";

export async function byEmail(email: string) {
  return db.select().from(users).where(eq(users.email, email)).limit(1); // want tables=users
}

export async function totals(status: string) {
  // want tables=orders
  return await db
    .select({ userId: orders.userId, n: count(), all: count(orders.id), kinds: countDistinct(orders.status), worth: sum(orders.total), mean: avg(orders.total), top: max(orders.total), least: min(orders.total), rounded: sql<number>`round(${orders.total})` })
    .from(orders)
    .where(and(eq(orders.status, status), or(gt(orders.total, "10"), isNull(orders.label)), not(lt(orders.id, 5))))
    .groupBy(orders.userId)
    .having(({ n }) => gt(n, 3))
    .orderBy(desc(sum(orders.total)), asc(orders.userId));
}

export async function nested() {
  // want tables=users,orders,order_items
  const rows = await db
    .select({ user: { id: users.id, name: users.name }, order: orders })
    .from(users)
    .leftJoin(orders, eq(orders.userId, users.id))
    .innerJoin(orderItems, and(eq(orderItems.orderId, orders.id), gte(orderItems.quantity, 1)));
  return rows;
}

export async function managers() {
  const manager = alias(users, "manager");
  // want tables=users
  return db.select({ name: users.name, boss: manager.name, phone: manager.phone }).from(users).leftJoin(manager, eq(manager.id, users.managerId)); // want missing-column "phone"
}

export async function filtered(input: { q?: string; ids: number[]; from?: Date; to?: Date }) {
  const conditions: SQL[] = [isNotNull(users.name)];
  if (input.q) conditions.push(ilike(users.email, `%${input.q}%`));
  if (input.ids.length) conditions.push(inArray(users.id, input.ids));
  return db.select({ id: users.id }).from(users).where(and(...conditions, input.from ? between(users.createdAt, input.from, input.to!) : undefined)); // want tables=users
}

export async function dynamic(flag: boolean) {
  let query = db.selectDistinct({ id: orders.id }).from(orders).$dynamic(); // want tables=orders
  if (flag) query = query.where(notInArray(orders.status, ["open", "held"]));
  return query.limit(10).offset(20);
}

export async function subqueries() {
  const perUser = db.select({ userId: orders.userId, total: sql<string>`sum(${orders.total})`.as("total") }).from(orders).groupBy(orders.userId).as("per_user");
  const recent = db.$with("recent").as(db.select().from(orders).where(gt(orders.placedAt, sql`now() - interval '7 days'`)));
  await db.select({ name: users.name, total: perUser.total }).from(users).innerJoin(perUser, eq(perUser.userId, users.id)); // want tables=users,orders
  await db.with(recent).select({ id: recent.id, at: recent.placedAt }).from(recent); // want tables=orders
  await db.select().from(users).where(exists(db.select({ one: sql`1` }).from(orders).where(eq(orders.userId, users.id)))); // want tables=users,orders
  // want tables=users
  // want tables=orders
  return union(db.select({ id: users.id }).from(users), db.select({ id: orders.userId }).from(orders));
}

export async function lacking() {
  await db.select({ phone: users.phone }).from(users); // want tables=users missing-column "phone"
  await db.select().from(schema.users).where(ne(schema.users.role, "guest")); // want tables=users
  await db.select().from(refunds); // want tables=refunds missing-table "refunds"
  await db.select({ n: db.$count(orders, eq(orders.userId, users.id)) }).from(users); // want tables=orders,users
  return db.$count(users, like(users.email, "%@example.com")); // want tables=users
}

// want tables=users
export const older = (days: number) => db.execute(sql`select ${users.id}, ${users.phone} from ${users} where ${users.createdAt} < now() - ${days} * interval '1 day' and ${lte(users.age, 30)}`); // want missing-column "phone"
