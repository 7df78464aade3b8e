// The shop makes its tables whenever it starts.
const Database = require("better-sqlite3");

const db = new Database("shop.db");

db.exec("CREATE TABLE IF NOT EXISTS users (id INTEGER PRIMARY KEY, email TEXT NOT NULL)"); // want no-schema-versioning "at start-up"
db.exec("CREATE TABLE IF NOT EXISTS orders (id INTEGER PRIMARY KEY, user_id INTEGER NOT NULL)");
db.exec("CREATE TABLE IF NOT EXISTS coupons (code TEXT PRIMARY KEY)");
db.exec("ALTER TABLE coupons ADD COLUMN percent INTEGER");

function open(user) {
  return db.prepare("SELECT orders.id, users.email FROM orders JOIN users ON users.id = orders.user_id WHERE user_id = ?").all(user);
}

module.exports = { open };
