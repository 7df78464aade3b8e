// Functions that write what they are given.
import { eq } from "drizzle-orm";
import { drizzle } from "drizzle-orm/node-postgres";
import { orders, users, type NewOrder } from "./schema";

const db = drizzle(process.env.DATABASE_URL!);

export interface Storage {
  createOrder(order: NewOrder): Promise<NewOrder>;
  saveOrders(list: NewOrder[]): Promise<void>;
}

export class DatabaseStorage implements Storage {
  async createOrder(order: NewOrder): Promise<NewOrder> {
    try {
      console.log("creating", order);
      const [made] = await db.insert(orders).values(order).returning();
      return made;
    } catch (error) {
      console.error(error);
      throw error;
    }
  }

  async saveOrders(list: NewOrder[]): Promise<void> {
    await db.insert(orders).values(list);
  }

  async changeOrder(id: number, changes: Partial<NewOrder>): Promise<void> {
    await db.update(orders).set({ ...changes, note: "changed" }).where(eq(orders.id, id));
  }

  async fileOrder(order: NewOrder): Promise<void> {
    await db.insert(orders).values(order);
  }

  async changeUser(id: number, changes: Partial<typeof users.$inferInsert>): Promise<void> {
    await db.update(users).set({ ...changes, seen: "now" }).where(eq(users.id, id));
  }

  async issue(order: NewOrder): Promise<void> {
    await db.insert(orders).values(order);
  }

  async draftOrder(order: NewOrder): Promise<void> {
    await db.insert(orders).values({ ...order, status: "draft" });
  }

  async cleanOrder(order: NewOrder): Promise<void> {
    if (order.status === "lost") {
      order.status = "draft";
    }
    await db.insert(orders).values(order);
  }

  async checkedOrder(order: NewOrder): Promise<void> {
    const known = repaired(order);
    await db.insert(orders).values(known);
  }

  async repairedOrder(order: NewOrder): Promise<void> {
    order = repaired(order);
    await db.insert(orders).values(order);
  }

  async filledOrder(order: NewOrder): Promise<void> {
    Object.assign(order, { status: "draft" });
    await db.insert(orders).values(order);
  }
}

function repaired(order: NewOrder): NewOrder {
  return { ...order, status: "draft" };
}

export const storage = new DatabaseStorage();
