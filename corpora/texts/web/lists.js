const { Pool } = require("pg");
const pool = new Pool();

const REPORTS = [
  "SELECT totl FROM orders", // want missing-column "totl"
  "SELECT name FROM users",
];
const FILTERS = [{ name: "email", owner: "users" }, { name: "paid", owner: "orders" }]; // want missing-column "paid"

async function run() {
  for (const sql of REPORTS) {
    await pool.query(sql);
  }
  for (const filter of FILTERS) {
    await pool.query(`SELECT ${filter.name} FROM ${filter.owner}`);
  }
  // want missing-column "nickname"
  for (const [table, column] of [["users", "nickname"], ["orders", "total"]]) {
    await pool.query(`SELECT ${column} FROM ${table}`);
  }
}

// What is added later is not known here.
async function grown(more) {
  const list = ["SELECT 1"];
  list.push(more);
  for (const sql of list) {
    await pool.query(sql); // want unresolved-query
  }
}
