import Database from "better-sqlite3";
import { eq } from "drizzle-orm";
import { drizzle } from "drizzle-orm/better-sqlite3";
import { customers, purchases, schema } from "./db/names";

const db = drizzle(new Database("shop.db"), { schema });

// Tables under other names: of another variable, of an object, of an export.
export function report() {
  db.select({ total: purchases.total, mail: customers.email }).from(purchases).innerJoin(customers, eq(customers.id, purchases.userId));
  db.select({ mail: schema.users.email, name: schema.buyers.fullName }).from(schema.users);
  db.select({ mail: schema.buyers.mail }).from(schema.buyers); // want missing-model-field "model \"users\" has no attribute \"mail\" (did you mean \"email\"?)"
  return db.select({ sum: purchases.sum }).from(purchases); // want missing-model-field "model \"orders\" has no attribute \"sum\""
}
