exports.up = (db) => {
  db.exec("CREATE TABLE users (id INTEGER PRIMARY KEY, email TEXT NOT NULL)");
};

exports.down = (db) => {
  db.exec("DROP TABLE users");
};
