// Triggers that the shop makes when it starts.
import { sql } from "drizzle-orm";
import { drizzle } from "drizzle-orm/node-postgres";
import { refunds } from "./schema";

const db = drizzle(process.env.DATABASE_URL!);

export async function setUp() {
  // It touches no new row.
  await db.execute(sql`CREATE TRIGGER orders_touched BEFORE UPDATE ON orders FOR EACH ROW EXECUTE FUNCTION touch()`);
  await db.execute(sql`CREATE TRIGGER refunds_reason BEFORE INSERT ON refunds FOR EACH ROW EXECUTE FUNCTION reason()`);
}

async function keepRefund(refund: typeof refunds.$inferInsert) {
  await db.insert(refunds).values(refund);
}

export async function refund(orderId: number) {
  await keepRefund({ orderId, reason: "lost" });
}
