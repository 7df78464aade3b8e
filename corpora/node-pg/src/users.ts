import { Pool, PoolClient } from 'pg';
import { SQL } from './statements';

const pool = new Pool();

interface User {
  id: string;
  email: string;
  name: string | null;
}

interface Contact {
  email: string;
  name: string; // want nullability-mismatch "name"
}

const FIND = 'SELECT id, email FROM users WHERE id = $1';
const QUERIES = {
  byEmail: 'SELECT id, emial FROM users WHERE email = $1', // want missing-column "emial"
  byName: `SELECT id
             FROM users
            WHERE nmae = $1 -- want missing-column "nmae"
  `,
} as const;

export class Users {
  constructor(private readonly pool: Pool) {}

  async find(id: string): Promise<User> {
    const { rows } = await this.pool.query<User>(FIND, [id]);
    return rows[0];
  }

  async byEmail(email: string, name: string) {
    await this.pool.query(QUERIES.byName, [name]);
    return this.pool.query(QUERIES.byEmail, [email]);
  }

  async contacts() {
    return (await this.pool.query('SELECT email, name FROM users')).rows as Contact[];
  }

  async list(ids: string[], client: PoolClient) {
    for (const id of ids) {
      await client.query({ name: 'order', text: 'SELECT total FROM orders WHERE user_id = $1', values: [id] }); // want n-plus-one "orders"
    }
    await Promise.all(ids.map(async (id) => client.query(/* sql */ `SELECT id FROM users WHERE id = $1`, [id]))); // want n-plus-one "users"
    return client.query('SELECT id FROM users WHERE id = ANY($1)', [ids]);
  }

  search(text: string, status?: string) {
    const where = ['u.name ILIKE $1'];
    const values: string[] = [text];
    if (status) {
      values.push(status);
      where.push(`o.status = $${values.length}`);
    }
    return this.pool.query(
      `SELECT u.id, o.totl FROM users u JOIN orders o ON o.user_id = u.id WHERE ${where.join(' AND ')}`, // want missing-column "totl"
      values,
    );
  }

  pair(id: string) {
    return this.pool.query('SELECT id FROM orders WHERE user_id = $1 AND status = $2', [id]); // want placeholder-mismatch
  }
}

export function later(done: (error: Error | null) => void) {
  pool.query('UPDATE users SET nick = $1 WHERE id = $2', ['a', 1], done); // want missing-column "nick"
  pool.query(SQL.elsewhere, []); // want unresolved-query
}

export const run = (text: string, values: unknown[]) => pool.query(text, values); // want unresolved-query
