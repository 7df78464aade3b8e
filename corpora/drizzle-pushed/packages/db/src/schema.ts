import { integer, pgTable, serial, text, timestamp, uniqueIndex, varchar } from "drizzle-orm/pg-core";
import { createTable, prefixed } from "./table";

export const users = pgTable("users", {
  id: serial("id").primaryKey(),
  email: varchar("email", { length: 120 }).notNull().unique(),
  joinedAt: timestamp("joined_at").defaultNow().notNull(),
});

export const orders = prefixed(
  "orders",
  {
    id: serial().primaryKey(),
    userId: integer("user_id").notNull().references(() => users.id),
    note: text(),
  },
  (t) => [uniqueIndex().on(t.userId)],
);

export const visits = createTable("visits", { id: serial("id").primaryKey(), path: text("path").notNull() });
