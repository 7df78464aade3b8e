// The migrations were recorded with `drizzle-kit generate` (drizzle-kit 0.31.11, drizzle-orm 0.45.4): 0000 without src/db/schema/orders.ts, 0001 with it.
import { defineConfig } from "drizzle-kit";

export default defineConfig({ dialect: "mysql", schema: "./src/db/schema/index.ts", out: "./drizzle" });
