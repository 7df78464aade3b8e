import { Pool } from "pg";

export async function importOrders(pool: Pool, emails: string[]) {
  for (const email of emails) {
    await pool.query("INSERT INTO orders (email) VALUES ($1)", [email]); // want write-in-loop
  }
}
