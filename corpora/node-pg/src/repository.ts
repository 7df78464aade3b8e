import { Pool } from "pg";

export interface OrderFilter {
  status?: string;
  since?: Date;
  user?: string;
}

export class OrderRepository {
  private readonly table = "orders";
  private readonly archive: string;

  constructor(
    private readonly pool: Pool,
    archive: string,
  ) {
    this.archive = archive;
  }

  async total(userId: string) {
    // want missing-column "amount"
    const { rows } = await this.pool.query(`SELECT sum(amount) FROM "${this.table}" WHERE user_id = $1`, [userId]);
    return rows[0];
  }

  async archived(userId: string) {
    // want unresolved-query
    return this.pool.query(`SELECT total FROM ${this.archive} WHERE user_id = $1`, [userId]);
  }

  async search(filter: OrderFilter, page: number) {
    let sql = `
      SELECT orders.id, orders.totals -- want missing-column "totals"
      FROM orders WHERE orders.status IS NOT NULL`;
    const values: unknown[] = [];
    if (filter.status) {
      values.push(filter.status);
      sql += ` AND orders.status = $${values.length}`;
    }
    if (filter.since) {
      values.push(filter.since);
      sql += ` AND orders.id > $${values.length}`;
    }
    if (filter.user) {
      values.push(filter.user);
      sql += ` AND orders.user_id = $${values.length}`;
    }
    sql += ` ORDER BY orders.id LIMIT 20 OFFSET ${page * 20}`;
    return (await this.pool.connect()).query(sql, values);
  }
}

export async function users(pool: Pool, named: boolean) {
  let sql = "SELECT name FROM users";
  if (named) {
    sql = sql + " WHERE name IS NOT NULL";
  }
  return pool.query(sql);
}

export class UserRepository {
  table: string;

  constructor(private readonly pool: Pool) {
    this.table = "users";
  }

  find(id: string) {
    return this.pool.connect().then((client) =>
      // want missing-column "surname"
      client.query(`SELECT surname FROM ${this.table} WHERE id = $1`, [id]).finally(() => client.release()),
    );
  }
}
