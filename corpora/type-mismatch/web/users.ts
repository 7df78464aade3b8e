import { Pool } from "pg";

const pool = new Pool();

interface UserRow {
  id: string;
  email: number; // want type-mismatch "users.email"
  created_at: Date;
}

interface OrderRow {
  id: OrderId;
  total: string;
  payload: { gift: boolean };
}

type OrderId = string & { readonly brand: "order" };

export async function users() {
  return (await pool.query<UserRow>("SELECT id, email, created_at FROM users")).rows;
}

export async function orders() {
  return (await pool.query<OrderRow>("SELECT id, total, payload FROM orders")).rows;
}
