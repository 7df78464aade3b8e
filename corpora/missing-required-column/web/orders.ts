import { Pool } from "pg";

const pool = new Pool();

export async function order(userId: number, total: string) {
  await pool.query("INSERT INTO orders (user_id) VALUES ($1)", [userId]); // want missing-required-column "\"total\""
  await pool.query("INSERT INTO orders (user_id, total) VALUES ($1, $2)", [userId, null]); // want missing-required-column "NULL"
  await pool.query("INSERT INTO orders (user_id, total) VALUES ($1, $2)", [userId, total]);
  await pool.query("UPDATE users SET nick = $1 WHERE id = $2", [null, userId]);
}
