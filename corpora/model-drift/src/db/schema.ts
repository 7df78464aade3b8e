import { sql } from "drizzle-orm";
import {
  bigint,
  boolean,
  check,
  index,
  integer,
  jsonb,
  numeric,
  pgEnum,
  pgTable,
  smallint,
  text,
  timestamp,
  unique,
  uuid,
  varchar,
} from "drizzle-orm/pg-core";
import { STATES } from "./states";

export const orderState = pgEnum("order_state", STATES);

export const users = pgTable(
  "users",
  {
    id: integer("id").generatedAlwaysAsIdentity().primaryKey(),
    // Other words for the same types, defaults and keys.
    email: varchar("email", { length: 255 }).notNull(),
    name: varchar("name", { length: 100 }), // want model-drift "type of \"users.name\" is varchar(100) in the model and varchar(80)"
    age: smallint("age").notNull(), // want model-drift "nullability of \"users.age\" is NOT NULL in the model and NULL"
    balance: numeric("balance", { precision: 10, scale: 2 }).notNull().default("0.00"),
    active: boolean("active").notNull().default(true),
    // What the program fills in needs no default of the database, and may have one.
    token: uuid("token").notNull().$defaultFn(() => crypto.randomUUID()),
    nickname: text("nickname").$default(() => "friend"),
    createdAt: timestamp("created_at", { withTimezone: true }).notNull().defaultNow(),
    updatedAt: timestamp("updated_at", { withTimezone: true, mode: "string" }).$onUpdate(() => new Date().toISOString()),
    tags: text("tags").array().notNull().default([]),
    settings: jsonb("settings").$type<{ theme: string }>().default({ theme: "light" }),
  },
  (t) => [
    unique("users_email_unique").on(t.email),
    index("by_name").on(t.name),
    // drizzle-kit writes DESC NULLS LAST, where DESC alone has NULLS FIRST.
    index("by_created").on(t.createdAt.desc().nullsFirst()),
    check("grown_up", sql`${t.age} >= 18`),
    check("not_in_debt", sql`(balance >= 0)`),
  ],
);

export const orders = pgTable( // want model-drift "index of table \"orders\" is absent in the model"
  "orders",
  {
    id: bigint("id", { mode: "number" }).primaryKey(),
    userId: integer("user_id").notNull().references(() => users.id), // want model-drift "foreign key of table \"orders\" is (user_id) references users (id) in the model and (user_id) references users (id) on delete cascade"
    couponId: integer("coupon_id").references(() => users.id),
    state: orderState("state").notNull().default("paid"), // want model-drift "default of \"orders.state\" is 'paid' in the model and 'draft'"
    total: integer("total").notNull(), // want model-drift "type of \"orders.total\" is integer in the model and numeric(12,2)"
    note: text("note"), // want model-drift "nullability of \"orders.note\" is NULL in the model and NOT NULL"
    placedAt: timestamp("placed_at", { withTimezone: true }).notNull(), // want model-drift "type of \"orders.placed_at\""
    reference: varchar("reference", { length: 12 }).notNull().unique(), // want model-drift "unique of table \"orders\" is (reference) in the model and absent"
  },
  (t) => [index("orders_open").on(t.userId).where(sql`${t.state} != 'sent'`)],
);
