import { Pool } from "pg";

const pool = new Pool();

export async function save(id: number, net: string, gross: string) {
  await pool.query("UPDATE orders SET net = $1, gross = $2 WHERE id = $3", [net, gross, id]); // want generated-column-write "computes"
  await pool.query("UPDATE orders SET net = $1 WHERE id = $2", [net, id]);
}
