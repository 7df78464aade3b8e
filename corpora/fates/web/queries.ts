import { Pool } from "pg";

const pool = new Pool();

export async function passedOn(id: number, strict: boolean) {
  await pool.query("SELECT id FROM users");
  try {
    await pool.query("SELECT email FROM users");
  } finally {
    await pool.query("SELECT total FROM orders");
  }
  try {
    await pool.query("SELECT id FROM orders");
  } catch (error) {
    console.error(error);
    throw new Error("orders cannot be read");
  }
  try {
    await pool.query("SELECT user_id FROM orders");
  } catch (error) {
    console.error(error);
    process.exit(1);
  }
  let lastError;
  for (let attempt = 0; attempt < 3; attempt++) {
    try {
      return await pool.query("SELECT id, total FROM orders WHERE id = $1", [id]);
    } catch (error) {
      lastError = error;
    }
  }
  while (strict) {
    try {
      return await pool.query("SELECT id, email FROM users WHERE id = $1", [id]);
    } catch (error) {
      console.warn("once more");
    }
  }
  throw lastError;
}

export async function answered(request: any, response: any, next: any) {
  try {
    await pool.query("SELECT id FROM users");
  } catch (error) {
    next(error);
  }
  try {
    await pool.query("SELECT id FROM orders");
  } catch (error) {
    response.status(500).json({ error: "sorry" });
  }
  return pool.query("SELECT total FROM orders").catch((error) => {
    console.error(error);
    throw error;
  });
}

export async function handedBack() {
  try {
    await pool.query("SELECT id FROM users");
  } catch (error: any) {
    console.error(error);
    return { error: error.message };
  }
  let found;
  try {
    found = await pool.query("SELECT id FROM orders");
  } catch (error) {
    found = { error };
  }
  try {
    return await pool.query("SELECT total FROM orders");
  } catch (error) {
    console.warn(error);
  }
  throw new Error("no totals");
}

export async function forgotten() {
  try {
    await pool.query("SELECT id FROM users"); // want fate=ignored
  } catch {
    // there may be none
  }
  try {
    await pool.query("SELECT email FROM users"); // want fate=ignored
  } catch (error) {
    console.error("no users", error);
  }
  try {
    await pool.query("SELECT total FROM orders"); // want fate=ignored
  } catch (error) {
    return false;
  }
  try {
    await pool.query("SELECT id, user_id FROM orders"); // want fate=ignored
  } catch (error) {
    return console.error(error);
  }
  await pool.query("SELECT id FROM orders").catch(() => null); // want fate=ignored
  await pool.query("SELECT user_id FROM orders").catch(console.error); // want fate=ignored
  await pool.query("SELECT user_id, id FROM orders").then((found) => found.rows).catch((error) => console.error(error)); // want fate=ignored
  await Promise.allSettled([pool.query("SELECT id, email FROM users")]); // want fate=ignored
  await pool.query("SELECT id FROM orders").catch(answered as any);
}

export async function toldApart() {
  try {
    await pool.query("SELECT id FROM users"); // want fate=filtered "does not exist"
  } catch (error: any) {
    if (!error.message.includes("does not exist")) throw error;
  }
  try {
    await pool.query("SELECT email FROM users"); // want fate=filtered "42P01"
  } catch (error: any) {
    if (error.code === "42P01") {
      return [];
    }
    throw error;
  }
  try {
    await pool.query("SELECT id FROM orders"); // want fate=filtered "no such table"
  } catch (error: any) {
    const message = String(error.message);
    const isNew = /no such table/i.test(message);
    if (!isNew) {
      throw error;
    }
  }
  try {
    await pool.query("SELECT total FROM orders"); // want fate=filtered "57014"
  } catch (error: any) {
    switch (error.code) {
      case "57014":
        return [];
      default:
        throw error;
    }
  }
  try {
    await pool.query("SELECT user_id FROM orders"); // want fate=ignored
  } catch (error: any) {
    if (!error.message.includes("no such table")) {
      console.warn(error.message);
    }
  }
}

export async function branches(id: number | null, all: boolean) {
  if (!all) return;
  await pool.query("SELECT id FROM users");
  for (const one of [1, 2]) {
    await pool.query("SELECT email FROM users");
  }
  if (id) {
    await pool.query("SELECT id FROM orders"); // want guarded=yes
  } else {
    await pool.query("SELECT total FROM orders"); // want guarded=yes
  }
  all && (await pool.query("SELECT user_id FROM orders")); // want guarded=yes
  const rows = id ? await pool.query("SELECT id, total FROM orders") : null; // want guarded=yes
  switch (id) {
    case 1:
      await pool.query("SELECT id, email FROM users"); // want guarded=yes
  }
  try {
    await pool.query("SELECT id FROM users");
  } catch (error) {
    await pool.query("SELECT id FROM users LIMIT 1"); // want guarded=yes
    throw error;
  }
  if (all) {
    setTimeout(() => pool.query("SELECT email FROM users LIMIT 1"), 10);
    Promise.resolve().then(() => pool.query("SELECT email FROM users LIMIT 2")); // want guarded=yes
  }
  try {
    setTimeout(async () => {
      await pool.query("SELECT id FROM orders LIMIT 1");
    });
    await Promise.all([1, 2].map((one) => pool.query("SELECT id FROM orders LIMIT 2"))); // want fate=ignored
  } catch {}
}
