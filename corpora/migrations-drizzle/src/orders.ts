import postgres from "postgres";

const sql = postgres();

export const open = () => sql`SELECT id, total, paid_at FROM orders WHERE status = 'open'`;
export const refunded = () => sql`SELECT id, refunded_at FROM orders`; // want missing-column "refunded_at"
