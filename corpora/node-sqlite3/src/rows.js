const sqlite3 = require('sqlite3');

const db = new sqlite3.Database('shop.db');

db.get('SELECT id, email FROM users WHERE id = ?', [1], (error, row) => {
  console.log(row.email, row.name); // want missing-column "name"
});
db.all('SELECT id FROM orders', (error, rows) => {
  rows.forEach((row) => {
    row.label = row.id;
    console.log(row.label, row.status); // want missing-column "status"
  });
});
db.each('SELECT total FROM orders', function (error, { total, note }) { // want missing-column "note"
  console.log(total, note);
});
db.run('UPDATE orders SET total = 0 WHERE id = 1', function (error) {
  console.log(this.changes, error);
});

// A function that hands rows on: what its callers read is their own affair.
function find(id, done) {
  db.get('SELECT id FROM users WHERE id = ?', [id], done);
}
find(1, (error, user) => console.log(user.email));
