import { sql } from './db';

interface User {
  id: string;
  email: string;
}

export async function find(id: string) {
  const [user] = await sql<User[]>`SELECT id, emial FROM users WHERE id = ${id}`; // want missing-column "emial"
  return user;
}

export async function names() {
  // want nullability-mismatch "name"
  return sql<{ id: string; name: string }[]>`
    SELECT id, name FROM users`;
}

export async function search(email: string | null, columns: string[]) {
  const filter = email ? sql`AND email = ${email}` : sql``;
  const recent = sql`created_at > now() - interval '1 day'`;
  await sql`SELECT id FROM users WHERE ${recent} AND nmae = ${email}`; // want missing-column "nmae"
  await sql`SELECT ${sql(columns)} FROM ${sql('users')} WHERE true ${filter} ORDER BY created_at`;
  return sql`SELECT id FROM ${sql('userz')} WHERE id = ${1}`; // want missing-table "userz"
}

export async function save(user: User, orders: { id: string; total: number }[]) {
  await sql`INSERT INTO users ${sql(user, 'email', 'nick')}`; // want missing-column "nick"
  await sql`UPDATE users SET ${sql({ email: user.email, name: null })} WHERE id = ${user.id}`;
  await sql`INSERT INTO orders ${sql(orders)}`;
  await sql.begin(async (tx) => {
    for (const order of orders) {
      await tx`SELECT total FROM orders WHERE id = ${order.id}`; // want n-plus-one "orders"
    }
    await tx.unsafe('SELECT id FROM orders WHERE state = $1', ['open']); // want missing-column "state"
  });
}
