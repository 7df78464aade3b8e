import { Pool } from "pg";

export const find = (pool: Pool, email: string) =>
  pool.query("SELECT id, name, phone FROM users WHERE email = $1", [email]); // want missing-column "phone"
