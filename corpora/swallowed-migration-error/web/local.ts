import Database from "better-sqlite3";

const db = new Database("shop.db");

try {
  db.exec("ALTER TABLE carts ADD COLUMN note TEXT"); // want swallowed-migration-error "column \"carts.note\""
} catch {
  // there already
}

try {
  db.pragma("journal_mode = WAL");
  db.exec("PRAGMA foreign_keys = ON");
} catch (error) {
  console.warn(error);
}

function run(sql: string) {
  try {
    db.exec(sql);
  } catch (error) {
    console.warn(error);
  }
}

run("CREATE TABLE carts (id INTEGER PRIMARY KEY)"); // want swallowed-migration-error "table \"carts\""
