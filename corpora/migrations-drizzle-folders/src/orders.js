import Database from "better-sqlite3";

const db = new Database("shop.db");

export const noted = () => db.prepare("SELECT id, note, total FROM orders").all();
export const gifts = () => db.prepare("SELECT id, gift FROM orders").all(); // want missing-column "gift"
