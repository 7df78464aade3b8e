// Other libraries with methods of the same names: none of these is Drizzle's.
import { createClient } from "@supabase/supabase-js";
import knex from "knex";
import { max } from "lodash";
import { createHash } from "node:crypto";

const supabase = createClient("url", "key");
const table = "users";
const cache = new Map<string, number>();
const seen = new Set<number>();

export async function others(key: string, row: { id: number }, orders: string[]) {
  await supabase.from("users").select("*").eq("id", row.id);
  await supabase.from("users").insert(row).select();
  await supabase.from("users").update(row).eq("id", 1);
  await supabase.from("users").delete().eq("id", 1);
  await knex({}).select("id").from("users");
  await knex({}).select().from(table);
  cache.delete(key);
  seen.delete(row.id);
  createHash("sha256").update(key).digest("hex");
  max(orders);
  return Array.from(orders).map((order) => order.at(0));
}
