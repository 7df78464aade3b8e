const { database } = require("./database");

async function prepare() {
  await database.send("CREATE TABLE IF NOT EXISTS coupons (code TEXT PRIMARY KEY)");
  await database.send("ALTER TABLE coupons ADD COLUMN percent INTEGER");
}

async function redeem(code, user) {
  await database.send("UPDATE coupons SET percent = 0 WHERE code = $1", [code]);
  await database.send("INSERT INTO resets (token, user_id) VALUES ($1, $2)", [code, user]); // want missing-table "nothing runs that file"
  // Casts are of the other engine: no error.
  await database.send("SELECT totl FROM orders WHERE user_id = $1 AND id > 2 AND total::int > 3", [user]); // want missing-column "totl"
  return database.send("SELECT screen_name FROM users WHERE id = $1", [user]); // want missing-column "screen_name"
}

module.exports = { prepare, redeem };
