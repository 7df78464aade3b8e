const TABLE = "orders";

function findOrders(schema) {
  // The table of that name, if that is the schema: nothing is accused by it.
  return `SELECT id, totl FROM ${schema}.${TABLE}`;
}

function byState(closed) {
  if (closed) return "SELECT id FROM orders WHERE closd"; // want missing-column "closd"
  return "SELECT id FROM orders WHERE opn"; // want missing-column "opn"
}

const columns = (table) => `SELECT nme FROM ${table}`; // want missing-column "users"

function cleanUp() {
  return ["DELETE FROM orders WHERE stale", byState(true)].join(";\n"); // want missing-column "stale"
}

function insertUser(name) {
  return { text: "INSERT INTO users (id, nickname) VALUES (1, $1)", values: [name] }; // want missing-column "nickname"
}

// Leads back to itself.
function endless(deep) {
  return deep ? `SELECT 1 ${endless(deep)}` : endless(!deep);
}

module.exports = { findOrders, byState, columns, cleanUp, insertUser, endless };
