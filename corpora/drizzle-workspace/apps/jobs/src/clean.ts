// The alias is set up in a bundler's settings, which say nothing here: the only table of that name is meant.
import { db, lt } from "@shop/db";
import { orders } from "~/shared/db/schema";

export const clean = () => db.delete(orders).where(lt(orders.id, 10)); // want tables=orders
export const empty = () => db.delete(orders).run(); // want tables=orders unfiltered-write "orders"
