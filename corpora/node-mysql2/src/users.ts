import mysql, { RowDataPacket } from 'mysql2/promise';

const pool = mysql.createPool({ host: 'localhost', namedPlaceholders: true });

interface User {
  id: number;
  name: string; // want nullability-mismatch "name"
}

export async function find(id: number) {
  const [rows] = await pool.query<(User & RowDataPacket)[]>('SELECT id, name FROM users WHERE id = ?', [id]);
  return rows[0];
}

export async function columns(id: number) {
  await pool.query('SELECT ?? FROM ?? WHERE id = ?', [['id', 'email'], 'users', id]);
  return pool.query('SELECT ?? FROM users WHERE id = ?', ['emial', id]); // want missing-column "emial"
}

export async function save(id: number, email: string) {
  await pool.query('INSERT INTO users SET ?', { email, nick: 'a' }); // want missing-column "nick"
  await pool.query('UPDATE users SET ? WHERE id = ?', [{ email }, id]);
  await pool.query('INSERT INTO users (email, name) VALUES ?', [[[email, 'a'], ['b', 'c']]]);
  await pool.query('INSERT INTO users (email, name) VALUES (?)', [[email, 'a']]);
  await pool.query('SELECT id FROM users WHERE id IN (?)', [[1, 2, 3]]);
  await pool.execute('UPDATE users SET name = :name WHERE idd = :id', { name: 'a', id }); // want missing-column "idd"
  await pool.query({ sql: 'SELECT id FROM orders WHERE user_id = ? AND status = ?', values: [id] }); // want placeholder-mismatch
}

export async function totals(users: User[]) {
  for (const { id } of users) {
    await pool.execute('SELECT total FROM orders WHERE user_id = ?', [id]); // want n-plus-one "orders"
  }
}
