import { db } from "./schema";

export function orders(ids: number[]) {
  db.prepare("SELECT phone FROM users").all();
  db.prepare("SELECT id FROM invoices").all();
  for (const id of ids) {
    db.prepare("SELECT id FROM orders WHERE user_id = ?").all(id); // want n-plus-one "orders"
  }
  return db.prepare("SELECT u.email, o.total FROM orders o JOIN users u ON u.id = o.user_id").all();
}

// What a text lists is known, whatever the tables hold; what a star stands for is not.
export function listed() {
  const users = db.prepare("SELECT id, email FROM users").all().map((user) => user.phone); // want missing-column "phone"
  return [users, db.prepare("SELECT * FROM users").all().map((user) => user.phone)];
}
