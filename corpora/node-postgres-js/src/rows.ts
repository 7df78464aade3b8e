import postgres from 'postgres';

const sql = postgres({ transform: postgres.camel });

export async function read(id: string) {
  const [user] = await sql`SELECT id, email, created_at FROM users WHERE id = ${id}`;
  const users = await sql`SELECT id FROM users`;
  console.log(users.count, users.map((row) => row.email)); // want missing-column "email"
  await sql`SELECT id FROM orders`.forEach((order) => console.log(order.total)); // want missing-column "total"
  return [user.createdAt, user?.updatedAt]; // want missing-column "updatedAt"
}

export async function inserted(email: string) {
  const [{ id, name }] = await sql`INSERT INTO users (email) VALUES (${email}) RETURNING id`; // want missing-column "name"
  return [id, name];
}
