exports.up = (db) => {
  db.exec("CREATE TABLE orders (id INTEGER PRIMARY KEY, user_id INTEGER NOT NULL REFERENCES users (id))");
};

exports.down = (db) => {
  db.exec("DROP TABLE orders");
};
