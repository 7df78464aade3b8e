import { bigint, mysqlTableCreator, timestamp } from "drizzle-orm/mysql-core";

export const mysqlTable = mysqlTableCreator((name) => `shop_${name}`);

export function ids() {
  return { id: bigint({ mode: "number", unsigned: true }).primaryKey().autoincrement() };
}

export const timestamps = {
  createdAt: timestamp("created_at").notNull().defaultNow(),
  updatedAt: timestamp("updated_at", { fsp: 3 }).onUpdateNow(),
};

export const STATES = ["draft", "paid", "sent"] as const;
