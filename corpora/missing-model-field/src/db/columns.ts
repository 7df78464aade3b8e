import { integer } from "drizzle-orm/sqlite-core";

const created = { createdAt: integer("created_at", { mode: "timestamp" }).notNull().$defaultFn(() => new Date()) };

export const timestamps = { ...created, updatedAt: integer("updated_at", { mode: "timestamp" }) };
