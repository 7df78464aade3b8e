import { sql } from "drizzle-orm";
import { customType, integer, text } from "drizzle-orm/sqlite-core";

export const created = {
  createdAt: integer("created_at", { mode: "timestamp" })
    .notNull()
    .default(sql`(strftime('%s', 'now'))`),
};

export const timestamps = {
  ...created,
  updatedAt: integer("updated_at", { mode: "timestamp_ms" }).$onUpdateFn(() => new Date()),
};

export const id = text("id").primaryKey();

export const flag = (name: string) => integer(name, { mode: "boolean" }).notNull().default(false);

export const point = customType<{ data: { x: number; y: number }; driverData: string }>({
  dataType: () => "text",
});

export const CHANNELS = ["email", "sms", "webhook"] as const;
