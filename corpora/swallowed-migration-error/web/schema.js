const { Pool } = require("pg");

const db = new Pool();
const added = [{ name: "email", type: "TEXT" }, { name: "phone", type: "TEXT" }];

async function logsAndGoesOn() {
  try {
    await db.query("CREATE TABLE IF NOT EXISTS users (id SERIAL PRIMARY KEY)"); // want swallowed-migration-error "table \"users\" may never be created"
    await db.query("CREATE INDEX IF NOT EXISTS users_by_email ON users (email)"); // want swallowed-migration-error "an index of \"users\""
  } catch (error) {
    console.error("cannot prepare users", error);
  }
  for (const column of added) {
    try {
      await db.query(`ALTER TABLE users ADD COLUMN ${column.name} ${column.type}`); // want swallowed-migration-error "users.email"
    } catch (error) {
      if (!error.message.includes("already exists")) {
        console.warn(error.message);
      }
    }
  }
  await db.query("ALTER TABLE users ADD COLUMN total BIGINT").catch(() => {}); // want swallowed-migration-error "column \"users.total\""
}

async function takesForDone() {
  try {
    await db.query("ALTER TABLE users ADD COLUMN name TEXT"); // want swallowed-migration-error "\"42701\" are let pass"
  } catch (error) {
    if (error.code !== "42701") throw error;
  }
  try {
    await db.query("ALTER TABLE users ADD COLUMN city TEXT"); // want swallowed-migration-error "told apart by \"timeout\""
  } catch (error) {
    if (!error.message.includes("timeout")) throw error;
  }
}

async function silent(tmp) {
  await db.query("CREATE TABLE IF NOT EXISTS orders (id SERIAL PRIMARY KEY, user_id INTEGER)");
  try {
    await db.query("CREATE TABLE IF NOT EXISTS invoices (id SERIAL PRIMARY KEY)");
  } catch (error) {
    throw new Error(`cannot prepare invoices: ${error.message}`);
  }
  for (let attempt = 1; attempt <= 5; attempt++) {
    try {
      await db.query("CREATE TABLE IF NOT EXISTS payments (id SERIAL PRIMARY KEY)");
      break;
    } catch (error) {
      if (attempt === 5) throw error;
      console.warn("once more");
    }
  }
  try {
    await db.query("DROP TABLE IF EXISTS old_orders");
    await db.query("CREATE TEMPORARY TABLE picked (id INTEGER)");
    await db.query("SET search_path TO shop");
    await db.query("SELECT id FROM orders");
  } catch (error) {
    console.warn(error);
  }
}

module.exports = { logsAndGoesOn, takesForDone, silent };
