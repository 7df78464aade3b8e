const sqlite3 = require("sqlite3");

const db = new sqlite3.Database("shop.db");

function passedOn(callback) {
  db.run("DELETE FROM orders");
  db.run("DELETE FROM orders WHERE id = 1", callback);
  db.run("DELETE FROM orders WHERE id = 2", (err) => {
    if (err) return callback(err);
    callback(null);
  });
  db.run("DELETE FROM orders WHERE id = 3", function (err) {
    if (err) {
      console.error(err);
      throw err;
    }
  });
  return new Promise((resolve, reject) => {
    db.all("SELECT id FROM users", (err, rows) => {
      if (err) {
        reject(err);
      } else {
        resolve(rows);
      }
    });
  });
}

function forgotten(callback) {
  db.run("DELETE FROM orders WHERE id = 4", (err) => { // want fate=ignored
    if (err) console.error("orders stay", err.message);
  });
  db.all("SELECT id FROM users", (err, rows) => { // want fate=ignored
    callback(null, rows || []);
  });
  db.serialize(() => {
    db.run("DELETE FROM users", (err) => { // want fate=ignored
      if (err) {
        console.error(err);
        return;
      }
      callback(null);
    });
    db.run("DELETE FROM users WHERE id = 5", (err) => { // want fate=filtered "no such table"
      if (err && !/no such table/.test(err.message)) {
        throw err;
      }
    });
  });
}
