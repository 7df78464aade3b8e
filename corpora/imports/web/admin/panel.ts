import Database from "better-sqlite3";
import { OLDEST } from "~queries/carts";
import { DAILY } from "@shop/sql/reports/sales";

const db = new Database("shop.db");

export function panel() {
  db.prepare(DAILY).all();
  return db.prepare(OLDEST).get();
}
