import { Pool } from "pg";

const pool = new Pool();

export const paid = () => pool.query("SELECT id, note, paid_at FROM app_public.orders WHERE user_id = $1", [1]);
export const sent = () => pool.query("SELECT id, sent_at FROM app_public.orders"); // want missing-column "sent_at"
