import Database from 'better-sqlite3';

const db = new Database('shop.db');
db.pragma('foreign_keys = ON');

interface Order {
  id: number;
  status: string;
}

const find = db.prepare<[number], Order>('SELECT id, status FROM orders WHERE id = ?');
const statements = {
  byStatus: db.prepare('SELECT id FROM orders WHERE state = ?'), // want missing-column "state"
};

export class Orders {
  private readonly total = db.prepare('SELECT total FROM orders WHERE user_id = ?'); // want n-plus-one "orders"

  totals(users: number[]) {
    return users.map((user) => this.total.get(user));
  }

  one(id: number): Order | undefined {
    return find.get(id);
  }

  byStatus(status: string) {
    return statements.byStatus.all(status) as Order[];
  }
}

export const insertAll = db.transaction((orders: Order[]) => {
  const insert = db.prepare('INSERT INTO orders (id, user_id, status, totl) VALUES (@id, @user, @status, 0)'); // want missing-column "totl"
  for (const order of orders) insert.run({ id: order.id, user: 1, status: order.status });
});

export function pair(id: number) {
  db.exec('CREATE TEMP TABLE picked (id INTEGER)');
  return db.prepare('SELECT id FROM orders WHERE id = ? AND status = ?').get([id]); // want placeholder-mismatch
}

export function matches(pattern: RegExp, text: string) {
  return pattern.exec(text) ?? pattern.exec('select');
}
