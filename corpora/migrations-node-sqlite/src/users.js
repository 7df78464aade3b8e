const sqlite3 = require("sqlite3");
const { open } = require("sqlite");

exports.find = async (email) => {
  const db = await open({ filename: "shop.db", driver: sqlite3.Database });
  await db.migrate();
  return db.get("SELECT id, name, phone FROM users WHERE email = ?", email); // want missing-column "phone"
};
