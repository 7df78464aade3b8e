import Database from "better-sqlite3";
import { SQL } from "@/sql";
import { FIND_USER, LIST } from "@shop/sql";

const db = new Database("shop.db");

export function read(id: number) {
  db.prepare(SQL.count).get();
  db.prepare(LIST).all();
  return db.prepare(FIND_USER).get(id);
}
