import { Pool } from "pg";

const pool = new Pool();

export async function reset(id: number) {
  await pool.query("UPDATE users SET name = $1 WHERE id = $2", ["deleted user", id]); // want value-too-long "users.name"
  await pool.query("UPDATE users SET name = $1 WHERE id = $2", ["deleted", id]);
}
