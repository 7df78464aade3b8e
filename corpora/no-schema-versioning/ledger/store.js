// This one counts its versions, and says nothing.
const Database = require("better-sqlite3");

const db = new Database("ledger.db");

if (db.pragma("user_version", { simple: true }) < 1) {
  db.exec("CREATE TABLE IF NOT EXISTS accounts (id INTEGER PRIMARY KEY, name TEXT NOT NULL)");
  db.exec("CREATE TABLE IF NOT EXISTS bookings (id INTEGER PRIMARY KEY, account_id INTEGER NOT NULL, amount INTEGER NOT NULL)");
  db.exec("CREATE TABLE IF NOT EXISTS periods (id INTEGER PRIMARY KEY, ends TEXT NOT NULL)");
  db.exec("PRAGMA user_version = 1");
}

function sum(account) {
  return db.prepare("SELECT sum(amount) FROM bookings JOIN accounts ON accounts.id = bookings.account_id WHERE account_id = ?").get(account);
}

module.exports = { sum };
