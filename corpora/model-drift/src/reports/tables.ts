import { bigint, numeric, pgTable, text } from "drizzle-orm/pg-core";

// Reports read a part of a table that another module declares whole.
export const orderTotals = pgTable("orders", {
  id: bigint("id", { mode: "number" }).primaryKey(),
  total: numeric("total", { precision: 12, scale: 2 }).notNull(),
  note: text("note").notNull(),
});
