import { sql } from "drizzle-orm";
import * as pg from "drizzle-orm/pg-core";
import { customType, foreignKey, pgEnum, pgMaterializedView, pgTable } from "drizzle-orm/pg-core";
import { timestamps } from "../columns";
import { users } from "./users";

const vat = customType<{ data: number; config: { scale: number } }>({
  dataType(config) {
    return typeof config === "undefined" ? "numeric" : `numeric(5, ${config.scale})`;
  },
});
export const unit = pgEnum("unit", ["kg", "l"]);
export const currency = pgEnum("currency", { Euro: "EUR", Dollar: "USD" });
const LENGTH = 16;
const options = { precision: 6, scale: 2 } as const;

// The remaining types of columns, and ways to write them.
export const measures = pgTable("measures", ({ smallserial, bit, vector, halfvec, sparsevec, geometry, line, jsonb, text, numeric }) => ({
  id: smallserial().primaryKey(),
  mask: bit({ dimensions: 3 }),
  embedding: vector({ dimensions: 3 }).notNull(),
  half: halfvec({ dimensions: 4 }),
  sparse: sparsevec({ dimensions: 5 }),
  place: geometry({ type: "point", mode: "xy", srid: 4326 }),
  border: line(),
  amount: numeric(),
  share: numeric({ precision: 4 }),
  exact: numeric({ ...options, mode: "number" }),
  notes: jsonb().notNull().default([]),
  words: text().array().array(),
  ...timestamps,
}));

export const prices = pgTable(
  "prices",
  {
    id: pg.uuid("id").default(sql`gen_random_uuid()`).primaryKey(),
    code: pg.varchar("code", { length: LENGTH }).default(`none`),
    unit: unit("unit").array().default(["kg"]),
    currency: currency("currency").notNull().default("EUR"),
    vat: vat("vat"),
    ratio: pg.real("ratio").default(0.25),
    limit: pg.bigint("limit", { mode: "bigint" }).default(sql`1000`),
    weekly: pg.interval("weekly").default("7 days"),
    "valid-from": pg.timestamp("valid_from", { precision: 6, withTimezone: false }).default(sql`CURRENT_TIMESTAMP`),
    until: pg.date("until", { mode: "date" }).defaultNow(),
    number: pg.integer("number").generatedByDefaultAsIdentity({ startWith: 100, increment: 10 }),
    net: pg.numeric("net", { precision: 10, scale: 3 }),
    gross: pg.numeric("gross", { precision: 10, scale: 3 }).generatedAlwaysAs((): ReturnType<typeof sql> => sql`${prices.net} * 1.19`),
    ownerId: pg.uuid("owner_id"),
  },
  (t) => [
    foreignKey({ columns: [t.ownerId], foreignColumns: [users.id] }).onDelete("set default").onUpdate("cascade"),
    pg.uniqueIndex("prices_code").on(t.code).where(sql`${t.net} > ${0}`),
    pg.index("prices_search").using("btree", sql`lower(${t.code})`, t["valid-from"].desc().nullsFirst()),
    pg.unique("prices_pair").on(t.code, t.currency).nullsNotDistinct(),
  ],
);

export const cheapest = pgMaterializedView("cheapest").as((qb) => qb.select({ code: prices.code }).from(prices));
export const elsewhere = pgMaterializedView("elsewhere", { code: pg.text("code") }).existing();
