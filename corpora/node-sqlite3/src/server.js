const express = require('express');
const sqlite3 = require('sqlite3').verbose();
const { exec } = require('child_process');

const app = express();
const db = new sqlite3.Database('shop.db');

app.get('/users/:id', (request, response) => {
  db.get('SELECT id, emial FROM users WHERE id = ?', [request.params.id], (error, row) => { // want missing-column "emial"
    response.json(row);
  });
});

app.all('/orders', (request, response) => {
  let sql = 'SELECT id, total FROM orders WHERE 1 = 1';
  const values = [];
  if (request.query.status) {
    sql += ' AND status = ?';
    values.push(request.query.status);
  }
  db.all(sql, values, (error, rows) => {
    rows.forEach((row) => {
      db.get('SELECT name FROM users WHERE id = ?', row.user_id, (failed, user) => { // want n-plus-one "users"
        row.user = user;
      });
    });
    response.json(rows);
  });
});

app.post('/users', (request, response) => {
  const { email, name } = request.body;
  db.run('INSERT INTO users (email, nmae) VALUES ($email, $name)', { $email: email, $name: name }); // want missing-column "nmae"
  db.run('INSERT INTO users (email, name) VALUES (?, ?)', ['a@shop.test'], function (error) { // want placeholder-mismatch
    response.json({ id: this.lastID });
  });
  db.run('INSERT INTO users (email, name) VALUES (?, ?)', email, name, () => {});
  exec('select something');
  db.run(`UPDATE orders
             SET state = 'sent' -- want missing-column "state"
           WHERE id = ?`, [1]);
});

const insert = db.prepare('INSERT INTO orders (user_id, status, total) VALUES (?, ?, ?)');
insert.run(1, 'open', 10);
insert.finalize();

app.run('users');
app.get('select');
