import { Pool } from "pg";

const pool = new Pool();

export async function saveLines(order: number, skus: string[]) {
  for (const sku of skus) {
    await pool.query("INSERT INTO lines (order_id, sku) VALUES ($1, $2)", [order, sku]); // want write-in-loop "\"lines\" is written once"
  }
}

export async function discount(ids: number[]) {
  await Promise.all(ids.map((id) => pool.query("UPDATE orders SET total = 0 WHERE id = $1", [id]))); // want write-in-loop
}

async function setTotal(id: number, total: number) {
  await pool.query("UPDATE orders SET total = $2 WHERE id = $1", [id, total]);
}

export async function settle(orders: { id: number; total: number }[]) {
  for (const order of orders) {
    await setTotal(order.id, order.total); // want write-in-loop "through setTotal"
  }
}

// One statement for all, a few constants, chunks, an endless queue, and what is told of the new row.
export async function saveAll(order: number, skus: string[]) {
  await pool.query("INSERT INTO lines (order_id, sku) SELECT $1, unnest($2::text[])", [order, skus]);
  for (const sku of ["gift", "card"]) {
    await pool.query("INSERT INTO lines (order_id, sku) VALUES ($1, $2)", [order, sku]);
  }
  for (const chunk of chunks(skus, 500)) {
    await pool.query("INSERT INTO lines (order_id, sku) SELECT $1, unnest($2::text[])", [order, chunk]);
  }
  const made: number[] = [];
  for (const sku of skus) {
    const { rows } = await pool.query("INSERT INTO lines (order_id, sku) VALUES ($1, $2) RETURNING id", [order, sku]);
    made.push(rows[0].id);
  }
  return made;
}

export async function drain(queue: { next(): Promise<string | null> }) {
  let sku: string | null;
  while ((sku = await queue.next()) !== null) {
    await pool.query("INSERT INTO lines (order_id, sku) VALUES (1, $1)", [sku]);
  }
}

declare function chunks(all: string[], size: number): string[][];
