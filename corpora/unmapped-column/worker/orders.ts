import { integer, sqliteTable, text } from "drizzle-orm/sqlite-core";

export const packing = sqliteTable("orders", {
  id: integer("id").primaryKey(),
  status: text("state").notNull(),
  warehouse: text("warehouse").notNull(),
});
