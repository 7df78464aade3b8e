import { readFileSync } from "node:fs";
import pg from "pg";

const client = new pg.Client();
await client.connect();
await client.query(readFileSync("./server/migrations/0003_refunds.sql", "utf8"));
await client.end();
