import { Pool } from "pg";

const pool = new Pool();

export async function touch(email: string) {
  await pool.query(
    `INSERT INTO users (email, name, tenant) VALUES ($1, $1, 1)
     ON CONFLICT (email, tenant) DO UPDATE SET name = EXCLUDED.name`, // want upsert-without-unique "(email, tenant)"
    [email],
  );
}
