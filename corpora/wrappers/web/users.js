const { store } = require("./db");

const FIND = "SELECT id, emial FROM users WHERE id = ?"; // want missing-column "emial"

async function find(id) {
  return store.fetchRow(FIND, [id]);
}

async function totals(ids) {
  for (const id of ids) {
    await store.fetchRows("SELECT total FROM orders WHERE user_id = ?", [id]); // want n-plus-one "orders"
  }
  return store.fetchRows(`SELECT amount FROM orders`); // want missing-column "amount"
}

function describe(log) {
  log.fetchRow("a text that is no SQL");
}

module.exports = { find, totals, describe };
