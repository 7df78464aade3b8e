import type { Pool } from "pg";

// No schema here has the tables of the accounting system.
export async function unpaid(pool: Pool) {
  // want unresolved-query "in no schema of this repository"
  const invoices = await pool.query("SELECT number FROM invoices WHERE paid = false");
  // want unresolved-query "in no schema of this repository"
  const ledgers = await pool.query("SELECT id FROM ledgers");
  return [...invoices.rows, ...ledgers.rows];
}
