import Database from "better-sqlite3";

export const db = new Database("shop.db");

export function start() {
  db.exec(`
    CREATE TABLE IF NOT EXISTS users (id INTEGER PRIMARY KEY, email TEXT NOT NULL);
    CREATE TABLE IF NOT EXISTS orders (id INTEGER PRIMARY KEY, user_id INTEGER NOT NULL REFERENCES users(id));
  `);
  try {
    db.exec("ALTER TABLE orders ADD COLUMN total REAL"); // want swallowed-migration-error
  } catch (error) {
    // there already
  }
}
