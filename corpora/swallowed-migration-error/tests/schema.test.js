const { Pool } = require("pg");

const db = new Pool();

afterAll(async () => {
  await db.query("DROP TABLE users").catch(() => {});
  await db.query("CREATE TABLE users (id INTEGER)").catch(() => {});
});
