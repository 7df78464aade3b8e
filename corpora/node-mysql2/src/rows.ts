import mysql from 'mysql2/promise';
import plain from 'mysql2';

const pool = mysql.createPool({ database: 'shop' });

export async function list(status: string) {
  const [rows] = await pool.query('SELECT id, total FROM orders WHERE status = ?', [status]);
  const [[first]] = await pool.execute('SELECT id FROM orders WHERE status = ?', [status]);
  console.log(rows.length, rows[0].totl, first.id, first.status); // want missing-column "totl" missing-column "status"
  const result = await pool.query('SELECT id, Total FROM orders');
  return result[0].map((order) => order.total + order.user_id); // want missing-column "user_id"
}

export async function insert(id: number) {
  const [result] = await pool.query('INSERT INTO orders (user_id, status, total) VALUES (?, ?, ?)', [id, 'new', 0]);
  return result.insertId;
}

export function callback(connection: plain.Connection, done: (names: string[]) => void) {
  connection.query('SELECT name FROM users', (error, users) => {
    done(users.map((user) => user.email)); // want missing-column "email"
  });
}
