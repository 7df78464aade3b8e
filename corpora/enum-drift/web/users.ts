import { Pool } from "pg";
import { z } from "zod";
import type { Role, RoleFilter, RoleInput } from "./roles";

const pool = new Pool();

interface UserRow {
  id: string;
  role: Role;
}

interface OrderRow {
  id: string;
  state: "draft" | "sent" | "paid" | "lost"; // want enum-drift "has \"lost\", which the database refuses"
}

enum Payment {
  Card = "card",
  Cash = "cash",
}

const channel = z.enum(["web", "shop"]);
type Channel = z.infer<typeof channel>;

interface PaymentRow {
  payment: Payment;
  channel: Channel | null;
}

export async function users(role: RoleFilter): Promise<UserRow[]> {
  const rows = role === "all"
    ? await pool.query<UserRow>("SELECT id, role FROM users")
    : await pool.query<UserRow>("SELECT id, role FROM users WHERE role = $1", [role]);
  return rows.rows;
}

export async function orders() {
  return (await pool.query<OrderRow>("SELECT id, state FROM orders")).rows;
}

export async function payments() {
  return (await pool.query<PaymentRow>("SELECT payment, channel FROM orders")).rows;
}

export async function promote(id: string, role: Role) {
  await pool.query("UPDATE users SET role = $1 WHERE id = $2", [role, id]);
}

export async function register(email: string, role: RoleInput) {
  await pool.query("INSERT INTO users (email, role, level, country) VALUES ($1, $2, 1, 'PT')", [email, role]);
}

export async function pay(id: string, payment: Payment) {
  await pool.query("UPDATE orders SET payment = $1 WHERE id = $2", [payment, id]);
}

// A type of a library is not the one of the same name here.
import type { Status } from "order-status";

interface StatusRow {
  state: Status;
}

export async function statuses() {
  return (await pool.query<StatusRow>("SELECT state FROM orders")).rows;
}
