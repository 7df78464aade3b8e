import postgres from "postgres";

const sql = postgres();

export const open = () => sql`SELECT o.id, o.total, u.name FROM orders o JOIN users u ON u.id = o.user_id WHERE o.status = 'open'`;
export const sent = () => sql`SELECT id, sent_at FROM orders`; // want missing-column "sent_at"
export const carts = () => sql`SELECT id FROM carts`; // want missing-table "carts"
