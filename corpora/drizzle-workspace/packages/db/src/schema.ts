import { integer, sqliteTable, text } from "drizzle-orm/sqlite-core";

export const users = sqliteTable("users", { id: integer("id").primaryKey(), email: text("email").notNull() });
export const orders = sqliteTable("orders", { id: integer("id").primaryKey(), userId: integer("user_id").notNull(), note: text("note") });
