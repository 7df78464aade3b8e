module.exports = {
  up(db) {
    for (const sql of [
      "CREATE TABLE items (id INTEGER PRIMARY KEY, list_id INTEGER NOT NULL REFERENCES lists (id), title TEXT NOT NULL)",
      "ALTER TABLE items ADD COLUMN done INTEGER NOT NULL DEFAULT 0",
    ]) {
      db.exec(sql);
    }
  },
  down(db) {
    db.exec("DROP TABLE items");
  },
};
