import Database from 'better-sqlite3';

const db = new Database('shop.db');
const byStatus = db.prepare('SELECT id, total FROM orders WHERE status = ?');

interface Sum {
  status: string;
  amount: number;
}

export function read(id: number) {
  const name = (db.prepare('SELECT email FROM users WHERE id = ?').get(id) as any).name; // want missing-column "name"
  const emails = db.prepare('SELECT email FROM users').all().map((user) => user.emial); // want missing-column "emial"
  for (const row of db.prepare('SELECT id FROM users').iterate()) console.log(row.id, row.email); // want missing-column "email"
  const raw = db.prepare('SELECT id, email FROM users').raw().all();
  const value = db.prepare('SELECT id FROM users WHERE id = ?').pluck().get(id);
  return [name, emails, raw[0].email, value.email];
}

export function twice() {
  const open = byStatus.all('open');
  const last = byStatus.get('closed');
  return [open[0].total, last?.totals]; // want missing-column "totals"
}

export function sums(): Sum[] {
  const rows = db.prepare('SELECT status, sum(total) AS amount, COUNT(*) FROM orders GROUP BY status').all() as Sum[];
  const { count } = db.prepare('SELECT count(*) AS count FROM orders').get() as { count: number };
  return count ? rows : rows.filter((row) => row.amount > row['COUNT(*)']);
}

export function known(id: number): boolean {
  const row = db.prepare('SELECT 1 FROM users WHERE id = ?').get(id) as { '1': number } | undefined;
  return row !== undefined;
}
