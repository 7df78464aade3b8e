export interface Env {
  DB: D1Database;
}

interface Product {
  id: number;
  name: string;
  // want type-mismatch "column \"products.enabled\" is BOOLEAN"
  enabled: boolean;
}

export async function recent(env: Env, days: number) {
  return env.DB.prepare(`SELECT id, name, enabled FROM products WHERE added_at > datetime("now", "-" || ? || " days")`)
    .bind(days)
    .all<Product>();
}

export async function all(env: Env) {
  return env.DB.prepare("SELECT id, name, enabled FROM products ORDER BY name").all<Product>();
}

export async function setting(env: Env, key: string) {
  // want missing-column "has no column \"data\""
  return env.DB.prepare("SELECT data FROM settings WHERE key = ?").bind(key).first<{ data: number }>();
}
