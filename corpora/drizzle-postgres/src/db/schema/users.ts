import { relations, sql } from "drizzle-orm";
import * as pg from "drizzle-orm/pg-core";
import type { AnyPgColumn } from "drizzle-orm/pg-core";
import { createTable, id, softDelete, timestamps, userRole } from "../columns";

export const users = createTable(
  "users",
  {
    id: id(),
    email: pg.varchar({ length: 255 }).notNull().unique(),
    // A name of its own, and one that casing makes.
    displayName: pg.text("name"),
    passwordHash: pg.char({ length: 60 }).notNull(),
    role: userRole().notNull().default("customer"),
    age: pg.smallint(),
    isActive: pg.boolean().notNull().default(true),
    invitedBy: pg.uuid().references((): AnyPgColumn => users.id, { onDelete: "set null" }),
    token: pg.text().$defaultFn(() => crypto.randomUUID()),
    preferences: pg.jsonb().$type<{ theme: string }>().notNull().default({ theme: "light", tags: ["a b"], size: 2 }),
    tags: pg.text().array().notNull().default(["new", "eu"]),
    scores: pg.integer().array(3).default([]),
    ...timestamps,
    ...softDelete(),
  },
  (t) => [
    pg.index().on(t.role, t.createdAt.desc()),
    pg.uniqueIndex("users_lower_email").on(sql`lower(${t.email})`),
    pg.index("users_active").on(t.isActive).where(sql`${t.deletedAt} is null`),
    pg.index("users_preferences").using("gin", t.preferences),
    pg.check("users_age_check", sql`${t.age} >= 18`),
  ],
);

export const sessions = createTable("sessions", (d) => ({
  token: d.varchar({ length: 64 }).primaryKey(),
  userId: d
    .uuid()
    .notNull()
    .references(() => users.id, { onDelete: "cascade", onUpdate: "cascade" }),
  address: d.inet(),
  hardware: d.macaddr8(),
  networks: d.cidr(),
  startedOn: d.date().notNull().default("2024-01-01"),
  dailyFrom: d.time({ precision: 0 }),
  dailyTo: d.time({ withTimezone: true }),
  lasts: d.interval({ fields: "day to second", precision: 3 }),
  place: d.point(),
}));

export const usersRelations = relations(users, ({ one, many }) => ({
  sessions: many(sessions),
  inviter: one(users, { fields: [users.invitedBy], references: [users.id] }),
}));
