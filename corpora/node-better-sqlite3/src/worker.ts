interface Env {
  DB: D1Database;
}

export async function user(env: Env, id: number) {
  return env.DB.prepare('SELECT id, emial FROM users WHERE id = ?').bind(id).first<{ id: number }>(); // want missing-column "emial"
}
