import { Pool } from "pg";

const pool = new Pool();

export async function send(id: number) {
  await pool.query("UPDATE orders SET status = $1 WHERE id = $2", ["done", id]); // want check-violation "'done'"
  await pool.query("UPDATE orders SET status = $1 WHERE id = $2", ["sent", id]);
}
