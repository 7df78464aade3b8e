import { desc, sql } from "drizzle-orm";
import {
  bigint,
  bigserial,
  doublePrecision,
  foreignKey,
  index,
  integer,
  json,
  pgSchema,
  pgTable as table,
  pgView,
  primaryKey,
  real,
  serial,
  text,
  unique,
  varchar,
} from "drizzle-orm/pg-core";
import { money, timestamps, tsvector } from "../columns";

export const catalog = pgSchema("catalog");

export const availability = catalog.enum("availability", ["in_stock", "sold_out"]);

export const categories = catalog.table(
  "categories",
  {
    id: serial().primaryKey(),
    parentId: integer(),
    title: varchar({ length: 100 }).notNull(),
    position: integer().notNull().default(0),
  },
  (t) => ({
    parent: foreignKey({ columns: [t.parentId], foreignColumns: [t.id], name: "categories_parent" }).onDelete("restrict"),
    titles: unique().on(t.parentId, t.title).nullsNotDistinct(),
    newest: index("categories_newest").on(desc(t.position), t.title.asc().nullsFirst()),
  }),
);

export const products = catalog.table("products", {
  id: bigserial({ mode: "number" }).primaryKey(),
  number: integer().generatedAlwaysAsIdentity(),
  categoryId: integer().references(() => categories.id),
  sku: varchar("stock_keeping_unit", { length: 32 }).notNull().unique("products_sku"),
  price: money("unit_price").notNull(),
  weight: real(),
  ratio: doublePrecision().default(1.5),
  sold: bigint({ mode: "bigint" }).notNull().default(sql`0`),
  state: availability().notNull(),
  states: availability().array(),
  details: json(),
  title: text().notNull(),
  search: tsvector().generatedAlwaysAs(sql`to_tsvector('english', title)`),
  ...timestamps,
});

export const related = table(
  "product_related",
  {
    productId: bigint({ mode: "number" }).notNull().references(() => products.id),
    otherId: bigint({ mode: "number" }).notNull().references(() => products.id),
    score: integer().default(-1),
  },
  (t) => [primaryKey({ columns: [t.productId, t.otherId] })],
);

export const soldOut = pgView("sold_out", { id: bigint({ mode: "number" }), title: text() }).as(
  sql`select id, title from catalog.products where state = 'sold_out'`,
);
