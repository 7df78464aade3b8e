import { Pool } from 'pg';
import { z } from 'zod';

const pool = new Pool();

interface Named {
  id: string;
  name: string; // want nullability-mismatch "name"
}

interface Account extends Named {
  email: number; // want type-mismatch "email"
}

const Receipt = z.object({
  id: z.string(),
  total: z.string(),
  note: z.string().optional(),
  paid: z.boolean(), // want missing-column "paid"
});

export async function properties(id: string) {
  const { rows } = await pool.query('SELECT id, email, name AS title FROM users WHERE id = $1', [id]);
  console.log(rows.length, rows[0].emial, rows[0]?.title.length); // want missing-column "emial"
  for (const row of rows) console.log(row.nick, row.email); // want missing-column "nick"
  const list = rows.map((row) => row.name); // want missing-column "name"
  const ids = rows.filter((row) => row.active).map(({ id: key, since }) => [key, since]); // want missing-column "active" missing-column "since"
  const sorted = [...rows].sort((a, b) => a.title - b.rank); // want missing-column "rank"
  return [list, ids, sorted];
}

export async function parts(id: string) {
  const result = await pool.query('SELECT id, email FROM users WHERE id = $1', [id]);
  if (result.rowCount === 0) return null;
  const user = result.rows[0] ?? null;
  const { email, phone } = user; // want missing-column "phone"
  return { email, phone, joined: user!['joined'], id: (user as any).id }; // want missing-column "joined"
}

export function callback(done: (names: string[]) => void) {
  pool.query('SELECT name FROM users', [], (error, result) => {
    if (error) throw error;
    done(result.rows.map((row) => row.name ?? row.nmae)); // the name beside it takes its place
    console.log(result.rows[0].email); // want missing-column "email"
  });
}

export const chained = () =>
  pool
    .query('SELECT id FROM orders')
    .then(({ rows }) => rows)
    .then((orders) => orders.map((order) => order.status)); // want missing-column "status"

export async function together() {
  const [users, orders] = await Promise.all([pool.query('SELECT id FROM users'), pool.query('SELECT status FROM orders')]);
  return [users.rows[0].id, orders.rows[0].status, orders.rows[0].id]; // want missing-column "id"
}

async function first() {
  const { rows } = await pool.query('SELECT id FROM users');
  if (!rows.length) return null;
  return rows[0];
}

export async function caller() {
  const user = await first();
  return user.id + user.email; // want missing-column "email"
}

export async function account(id: string): Promise<Account | undefined> {
  const { rows } = await pool.query('SELECT id, name, email FROM users WHERE id = $1', [id]);
  return rows[0];
}

export async function cut() {
  const kept = await pool.query<Omit<Account, 'email' | 'name'>>('SELECT id, email, name FROM users');
  const none = await pool.query<Partial<Named>>('SELECT id, name FROM users');
  return [kept, none];
}

export async function folded() {
  const { rows } = await pool.query('SELECT id AS userId, created_at, count(*), max(name) FROM users GROUP BY 1, 2');
  // A name without quotes is folded; a client may turn snake case into camel case.
  return rows.map((row) => [row.userId, row.createdAt, row.count, row.max]); // want missing-column "userId"
}

export async function checked() {
  const { rows } = await pool.query('SELECT id, total FROM orders');
  return Receipt.array().parse(rows);
}

export async function plan() {
  const { rows } = await pool.query('EXPLAIN SELECT id FROM users');
  return rows.map((row) => row['QUERY PLAN']);
}

// What is written to a row, asked for, or done by others to it.
export async function changed(id: string, decorate: (row: unknown) => void) {
  const { rows } = await pool.query('SELECT id, email FROM users WHERE id = $1', [id]);
  for (const row of rows) {
    row.label = `${row.id}: ${row.email}`;
    if ('phone' in row) console.log(row.phone);
    if (row.nick !== undefined) console.log(row.nick);
  }
  const seen = await pool.query('SELECT id FROM users');
  decorate(seen.rows[0]);
  const merged = (await pool.query('SELECT id FROM users')).rows[0];
  Object.assign(merged, { orders: [] });
  const each = (await pool.query('SELECT id FROM users')).rows;
  each.forEach((row) => decorate(row));
  const all = (await pool.query('SELECT id FROM users')).rows;
  await Promise.all(all.map(decorate));
  console.log(each[0].orders, all[0].orders);
  return [rows.map((row) => row.label), seen.rows[0].orders, merged.orders, merged.id];
}

export async function unsure(all: boolean, columns: string) {
  let rows = (await pool.query('SELECT id FROM users')).rows;
  if (all) {
    rows = (await pool.query('SELECT id, status FROM orders')).rows;
  }
  const text = all ? 'SELECT id FROM users' : 'SELECT id, email FROM users';
  const either = await pool.query(text);
  const open = await pool.query(`SELECT id, ${columns} FROM users`);
  return [rows[0].status, either.rows[0].email, open.rows[0].email];
}
