import type { Pool } from "pg";

export function active(pool: Pool) {
  return pool.query("SELECT users.id, users.mail FROM users JOIN active_users ON active_users.id = users.id"); // want missing-column "mail"
}
