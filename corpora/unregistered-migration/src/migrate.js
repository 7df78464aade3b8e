// The runner of the shop's own migrations: a list of modules, each with a way up and a way down.
const Database = require("better-sqlite3");

const MIGRATIONS = [
  { version: 1, ...require("./migrations/001_users") },
  { version: 2, up: require("./migrations/002_orders").up },
];

function migrate(path) {
  const db = new Database(path);
  db.exec("CREATE TABLE IF NOT EXISTS schema_versions (version INTEGER PRIMARY KEY)");
  for (const migration of MIGRATIONS) {
    const done = db.prepare("SELECT version FROM schema_versions WHERE version = ?").get(migration.version);
    if (!done) {
      migration.up(db);
      db.prepare("INSERT INTO schema_versions (version) VALUES (?)").run(migration.version);
    }
  }
  return db;
}

module.exports = { migrate };
