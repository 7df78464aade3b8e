import { Pool } from "pg";

const pool = new Pool();

export async function user(id: number) {
  const found = await pool.query("SELECT id, email, joined_at FROM users WHERE id = $1", [id]);
  return found.rows[0];
}

export async function broken(id: number) {
  await pool.query("SELECT name FROM users WHERE id = $1", [id]); // want missing-column "name"
  await pool.query("SELECT id FROM orders WHERE user_id = $1", [id]); // want missing-table "orders"
  await pool.query("SELECT note FROM shop_orders WHERE user_id = $1", [id]);
  await pool.query("INSERT INTO users (id) VALUES ($1)", [id]); // want missing-required-column "email"
  await pool.query("INSERT INTO users (email) VALUES ($1)", ["a@b.c"]);
  await pool.query("SELECT value FROM settings WHERE key = $1", ["theme"]);
}

// Whatever comes before the underscore may be the shop's name.
export async function visits() {
  await pool.query("SELECT path FROM berlin_visits"); // want unresolved-query "could not be read"
  await pool.query("SELECT path FROM receipts"); // want missing-table "receipts"
}
