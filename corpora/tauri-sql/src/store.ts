import Database from "@tauri-apps/plugin-sql";

interface Order {
  id: number;
  total: number;
}

export async function orders(user: number): Promise<Order[]> {
  const db = await Database.load("sqlite:shop.db");
  return db.select<Order[]>("SELECT id, total FROM orders WHERE user_id = $1", [user]);
}

export async function redeem(code: string) {
  const db = await Database.load("sqlite:shop.db");
  await db.execute("UPDATE coupons SET used = 1 WHERE code = $1", [code]); // want missing-column "used"
  await db.execute("DELETE FROM carts"); // want missing-table "a migration drops it"
  return db.select("SELECT email FROM users WHERE id = $1 AND email = $2", [1]); // want placeholder-mismatch
}

export async function totals(user: number) {
  const db = await Database.load("sqlite:shop.db");
  const rows = await db.select<{ id: number; total: string }[]>("SELECT id, total FROM orders WHERE user_id = $1", [user]); // want type-mismatch "total"
  const users: { id: number; email: string }[] = await db.select("SELECT id, email FROM users");
  return rows.map((row) => [row.total, row.status, users[0].name]); // want missing-column "status" missing-column "name"
}

// A list of something else has the same method.
export function pick(list: HTMLSelectElement) {
  return list.select("all");
}
