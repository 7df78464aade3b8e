import fs, { readFileSync } from "node:fs";
import { readFile } from "node:fs/promises";
import path from "node:path";
import { fileURLToPath } from "node:url";
import pg from "pg";
import { sqlFolder } from "./settings.mjs";

const pool = new pg.Pool();
const folder = path.join(path.dirname(fileURLToPath(import.meta.url)), "sql");
const report = fs.readFileSync(path.join(folder, "report.sql"), "utf8");

export async function run() {
  await pool.query(report);
  await pool.query(await readFile("sql/clean.sql", "utf8"));
}

export async function archive() {
  const sql = readFileSync(new URL("./sql/archive.sql", import.meta.url)).toString();
  for (const statement of sql.split(";").map((s) => s.trim()).filter(Boolean)) {
    await pool.query(statement);
  }
}

// A folder that another file knows: one file has that name.
export async function nightly() {
  await pool.query(readFileSync(path.join(sqlFolder, "nightly.sql"), "utf8"));
}

// A file that is not here.
export async function other(name) {
  await pool.query(readFileSync(path.join(folder, name), "utf8")); // want unresolved-query
  await pool.query(readFileSync("elsewhere.sql", "utf8")); // want unresolved-query
}
