import { Pool } from 'pg';

const pool = new Pool();

interface NewUser {
  email: string;
  since: number;
  created: Date;
}

export async function add(user: NewUser, active: boolean) {
  // want type-mismatch "number"
  await pool.query('INSERT INTO users (email, created_at) VALUES ($1, $2)', [user.email, user.since]);
  await pool.query('INSERT INTO users (email, created_at) VALUES ($1, $2)', [user.email, user.created]);
  await pool.query('UPDATE users SET created_at = $1 WHERE id = $2', [Date.now(), user.email]); // want type-mismatch "number"
  await pool.query('UPDATE orders SET total = $1 WHERE user_id = $2', [1, active]); // want type-mismatch "boolean"
  await pool.query('UPDATE users SET created_at = to_timestamp($1) WHERE id = $2', [Date.now() / 1000, '1']);
  await pool.query('UPDATE users SET created_at = $1 WHERE id = $2', [new Date(), 1]);
  const since = Date.now();
  await pool.query('SELECT id FROM users WHERE created_at > $1', [since]); // want type-mismatch "number"
  await pool.query('SELECT id FROM users WHERE created_at > $1', [new Date(since).toISOString()]);
}

export async function spread(ids: number[], status: string) {
  await pool.query('SELECT id FROM orders WHERE id = $1 AND user_id = $2 AND status = $3', [...ids, status, true]);
}
