import { and, desc, eq, sql } from "drizzle-orm";

import { db } from "./db";
import { orders, users } from "./db/schema";

export async function profile(id: number, open: boolean) {
  // want tables=users,orders,order_items
  return db.query.users.findFirst({
    where: (table, { eq: same }) => same(table.id, id),
    columns: { id: true, email: true },
    with: {
      orders: {
        columns: { placedAt: true },
        where: (order, { and, eq, gt }) => and(eq(order.status, "open"), gt(order.total, "0")),
        orderBy: (order, { desc }) => [desc(order.placedAt)],
        limit: 5,
        with: { items: true },
      },
    },
    extras: { upper: sql<string>`upper(${users.name})`.as("upper") },
    orderBy: [desc(users.createdAt)],
  });
}

export async function listed(page: number) {
  await db.query.orders.findMany({ with: { user: { columns: { email: true } } }, limit: 20, offset: page * 20 }); // want tables=orders,users
  await db.query.users.findMany({ where: and(eq(users.role, "admin"), eq(users.phone, "1")) }); // want tables=users missing-column "phone"
  await db.query.users.findMany({ with: { manager: { columns: { phone: true } } } }); // want tables=users missing-column "phone"
  await db.query.users.findMany({ columns: { shoeSize: true } }); // want tables=users missing-model-field "shoeSize"
  await db.query.users.findMany({ where: { id: { gt: 10 }, OR: [{ role: "admin" }, { name: { isNull: true } }] }, orderBy: { createdAt: "desc" } }); // want tables=users
  return db.query.orders.findMany({ where: eq(orders.userId, 1) }); // want tables=orders
}
