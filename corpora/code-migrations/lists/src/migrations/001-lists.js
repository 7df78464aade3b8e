module.exports = {
  up(db) {
    db.exec("CREATE TABLE lists (id INTEGER PRIMARY KEY, title TEXT NOT NULL)");
  },
  down(db) {
    db.exec("DROP TABLE lists");
  },
};
