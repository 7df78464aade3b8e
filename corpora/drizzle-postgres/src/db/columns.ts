import { sql } from "drizzle-orm";
import { customType, numeric, pgEnum, pgTableCreator, timestamp, uuid } from "drizzle-orm/pg-core";

const PREFIX = "shop";

// Every table of the shop has its prefix.
export const createTable = pgTableCreator((name) => `${PREFIX}_${name}`);

export const timestamps = {
  createdAt: timestamp({ withTimezone: true }).notNull().defaultNow(),
  updatedAt: timestamp({ withTimezone: true, mode: "string", precision: 3 })
    .notNull()
    .default(sql`now()`)
    .$onUpdate(() => new Date().toISOString()),
};

export const softDelete = () => ({
  deletedAt: timestamp("removed_at"),
});

export const id = () => uuid().primaryKey().defaultRandom();

export function money(name: string) {
  return numeric(name, { precision: 10, scale: 2 });
}

export const tsvector = customType<{ data: string }>({
  dataType() {
    return "tsvector";
  },
});

export const orderStatus = pgEnum("order_status", ["draft", "paid", "sent"]);
export enum Role {
  Admin = "admin",
  Customer = "customer",
}
export const userRole = pgEnum("user_role", Role);
