import Database from 'better-sqlite3';

const db = new Database('shop.db');

export function save(email: string, paid: boolean, at: Date) {
  db.prepare('UPDATE orders SET status = ? WHERE id = ?').run(paid, 1); // want type-mismatch "boolean"
  db.prepare('UPDATE orders SET status = ? WHERE id = ?').run(paid ? 1 : 0, 1);
  db.prepare('INSERT INTO users (email, created_at) VALUES (?, ?)').run(email, at); // want type-mismatch "Date"
  db.prepare('INSERT INTO users (email, created_at) VALUES (?, ?)').run(email, at.toISOString());
  db.prepare('INSERT INTO users (email, created_at) VALUES (@email, @at)').run({ at, email }); // want type-mismatch "Date"
}
