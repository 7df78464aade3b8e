import { db } from "./schema";

export function orders(ids: number[]) {
  db.prepare("SELECT phone FROM users").all();
  db.prepare("SELECT id FROM invoices").all();
  for (const id of ids) {
    db.prepare("SELECT id FROM orders WHERE user_id = ?").all(id); // want n-plus-one "orders"
  }
  return db.prepare("SELECT u.email, o.total FROM orders o JOIN users u ON u.id = o.user_id").all();
}
