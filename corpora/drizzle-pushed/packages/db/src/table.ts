import { pgTableCreator } from "drizzle-orm/pg-core";

// The name of the shop comes from where it runs.
export const createTable = pgTableCreator((name) => `${process.env.SHOP}_${name}`);

export const prefixed = pgTableCreator((name) => "shop_" + name);
