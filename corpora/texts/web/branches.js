const { Pool } = require("pg");
const pool = new Pool();

// Each branch is a text of its own.
async function findUsers(deep) {
  const sql = deep
    ? "SELECT id, emial FROM users" // want missing-column "emial"
    : "SELECT id, nmae FROM users"; // want missing-column "nmae"
  return pool.query(sql);
}

// The part that the branches share is judged once.
async function listOrders(newest) {
  return pool.query(`SELECT id, totl FROM orders ORDER BY created_at ${newest ? "DESC" : "ASC"}`); // want missing-column "totl"
}

async function countOf(kind) {
  let sql;
  if (kind === "users") {
    sql = "SELECT count(*) FROM users WHERE activ"; // want missing-column "activ"
  } else if (kind === "orders") {
    sql = "SELECT count(*) FROM orders WHERE paid"; // want missing-column "paid"
  } else {
    throw new Error(kind);
  }
  return pool.query(sql);
}

async function pick(kind) {
  let sql = null;
  switch (kind) {
    case "name":
      sql = "SELECT name FROM users";
      break;
    case "mail":
      sql = "SELECT mail FROM users"; // want missing-column "mail"
      break;
  }
  return pool.query(sql);
}

// A filter that may be absent is read where it is present.
async function search(email) {
  let sql = "SELECT id FROM users WHERE active";
  if (email) sql += " AND emial = 1"; // want missing-column "emial"
  return pool.query(sql);
}

// The same condition decides both: there is no text with the filter and without the join.
async function joined(withUser) {
  const join = withUser ? "JOIN users u ON u.id = o.user_id" : "";
  const filter = withUser ? "WHERE u.active" : "";
  return pool.query(`SELECT o.id FROM orders o ${join} ${filter}`);
}

// Nobody says here that the second condition implies the first.
async function maybeJoined(byUser, onlyActive) {
  let sql = "SELECT o.id FROM orders o";
  if (byUser) sql += " JOIN users u ON u.id = o.user_id";
  if (onlyActive) sql += " WHERE u.active";
  return pool.query(sql);
}

// What is returned early is not part of what comes behind it.
async function early(all) {
  let sql = "SELECT id FROM users";
  if (all) {
    sql += " LIMIT 10";
    return pool.query(sql);
  }
  return pool.query(sql + " WHERE active");
}

async function notText(cached) {
  const sql = cached ? loadStatement() : "SELECT nam FROM users"; // want missing-column "nam"
  return pool.query(sql); // want unresolved-query
}

// One site is reported once, whichever branch runs.
async function perUser(ids, deep) {
  for (const id of ids) {
    // want n-plus-one
    await pool.query(deep ? "SELECT total FROM orders WHERE user_id = $1" : "SELECT name FROM users WHERE id = $1", [id]);
  }
}

// Inside a branch its own condition is decided, and which list goes with which text is not known behind it.
async function messages(before) {
  const query = `SELECT id FROM orders WHERE user_id = $1${before ? " AND id < $2" : ""}`;
  return before ? pool.query(query, [1, before]) : pool.query(query, [1]);
}
