import { pgTable, serial, text, varchar } from "drizzle-orm/pg-core";

// Tables that only a test makes.
const scratch = pgTable("scratch", { id: serial("id").primaryKey(), note: text("note") });
const users = pgTable("users", { id: serial("id").primaryKey(), email: text("email"), name: varchar("name"), a: text("a"), b: text("b") });

export const tables = { scratch, users };
