import { Pool } from "pg";

const pool = new Pool();

export const named = () => pool.query('SELECT "id", "name", "role" FROM "User" WHERE "email" = $1', ["a@shop.example"]);
export const noted = () => pool.query('SELECT "id", "note" FROM "Order"'); // want missing-column "note"
