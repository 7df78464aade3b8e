import { Pool } from "pg";

const pool = new Pool();

export async function broken(ids: number[]) {
  for (const id of ids) {
    await pool.query("SELECT total FROM orders WHERE id = $1", [id]); // want n-plus-one "orders"
  }
  return Promise.all(
    ids.map(async (id) => {
      const { rows } = await pool.query("SELECT email FROM users WHERE id = $1", [id]); // want n-plus-one "users"
      return rows[0];
    }),
  );
}

export async function silent(ids: number[]) {
  const { rows } = await pool.query("SELECT id, email FROM users WHERE id = ANY($1)", [ids]);
  return rows.map((row) => row.email);
}
