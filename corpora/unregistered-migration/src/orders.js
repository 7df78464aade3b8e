const { migrate } = require("./migrate");

const db = migrate("shop.db");

function open(user) {
  return db.prepare("SELECT orders.id, users.email FROM orders JOIN users ON users.id = orders.user_id WHERE user_id = ?").all(user);
}

function coupon(code) {
  return db.prepare("SELECT code FROM coupons WHERE code = ?").get(code); // want missing-table "coupons"
}

module.exports = { open, coupon };
