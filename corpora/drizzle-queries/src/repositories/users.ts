import { type AnyColumn, eq, inArray, sql } from "drizzle-orm";
import { getTableColumns } from "drizzle-orm";
import type { PgTable } from "drizzle-orm/pg-core";

import { orders, users } from "../db/schema";
import type { Database } from "../db";

export class UserRepository {
  constructor(private readonly db: Database) {}

  async find(id: number) {
    const { createdAt, ...columns } = getTableColumns(users);
    const [row] = await this.db.select({ ...columns, phone: users.phone }).from(users).where(eq(users.id, id)); // want tables=users missing-column "phone"
    return row;
  }

  async count(table: PgTable, id: number) {
    const keys = new Map<number, string>();
    keys.delete(id);
    return this.db.select({ n: sql<number>`count(*)` }).from(table).where(eq(table.id, id)); // want tables= reason=dynamic-table unresolved-query
  }

  async sorted(column: AnyColumn, ids: number[]) {
    const list = sql.join(ids.map((id) => sql`${id}`), sql`, `);
    await this.db.execute(sql`select * from ${users} where ${users.id} in (${list}) order by ${column}`); // want tables=users
    return this.db.execute(sql`update ${orders} set ${sql.identifier("status")} = 'closed' where ${orders.userId} in ${ids}`); // want tables=orders
  }
}
