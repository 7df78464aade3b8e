import postgres from "postgres";

const sql = postgres();

interface UserRow {
  id: string;
  name: string; // want nullability-mismatch "users.name"
}

interface OrderRow {
  id: string;
  note?: string;
}

export async function users(email: string) {
  return await sql<UserRow[]>`SELECT id, name FROM users WHERE email = ${email}`;
}

export async function orders(user: string) {
  return await sql<OrderRow[]>`SELECT id, note FROM orders WHERE user_id = ${user}`;
}
