import { relations, sql } from "drizzle-orm";
import { type AnySQLiteColumn, blob, check, index, int, integer, numeric, real, sqliteTable, sqliteView, text, unique, uniqueIndex } from "drizzle-orm/sqlite-core";
import { CHANNELS, flag, id, point, timestamps } from "../columns";

export const users = sqliteTable(
  "user",
  {
    id,
    number: int("number").notNull().unique(),
    email: text("email", { length: 120 }).notNull(),
    // Without a name the key is the name, as it is.
    displayName: text(),
    channel: text("channel", { enum: CHANNELS }).notNull().default("email"), // want enum-drift "column \"user.channel\" takes any text"
    managerId: text("manager_id").references((): AnySQLiteColumn => users.id, { onDelete: "set null" }),
    settings: text("settings", { mode: "json" }).$type<Record<string, boolean>>().default({ beta: true }),
    limits: text("limits", { mode: "json", length: 20 }),
    isAdmin: flag("is_admin"),
    balance: real("balance").notNull().default(0.5),
    credit: numeric("credit"),
    avatar: blob("avatar", { mode: "buffer" }),
    serial: blob("serial", { mode: "bigint" }),
    place: point("place"),
    slug: text("slug").generatedAlwaysAs(sql`lower("displayName")`),
    label: text("label").generatedAlwaysAs(sql`"email" || '!'`, { mode: "stored" }),
    token: text("token").$defaultFn(() => crypto.randomUUID()),
    ...timestamps,
  },
  (table) => ({
    emails: uniqueIndex("user_email").on(table.email),
    names: unique("user_names").on(table.displayName, table.managerId),
    channels: index("user_channel").on(table.channel, sql`${table.number} desc`),
    limited: check("user_balance", sql`${table.balance} >= 0 and ${table.balance} <= 1000.5`),
  }),
);

export const notes = sqliteTable("note", (t) => ({
  id: t.integer().primaryKey({ autoIncrement: true }),
  userId: t.text("user_id").notNull().references(() => users.id, { onDelete: "cascade", onUpdate: "no action" }),
  body: t.text().notNull().default("it's empty"),
  seenAt: t.integer({ mode: "timestamp" }),
}));

export const admins = sqliteView("admin", { id: text("id"), email: text("email") }).as(sql`select id, email from user where is_admin = 1`);

export const usersRelations = relations(users, ({ many }) => ({ notes: many(notes) }));
export const notesRelations = relations(notes, ({ one }) => ({ user: one(users, { fields: [notes.userId], references: [users.id] }) }));
