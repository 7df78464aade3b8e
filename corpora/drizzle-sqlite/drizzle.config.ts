// The migrations were recorded with `drizzle-kit generate` (drizzle-kit 0.31.11, drizzle-orm 0.45.4): 0000 without src/db/schema/orders.ts, 0001 with it.
import type { Config } from "drizzle-kit";

export default {
  dialect: "sqlite",
  schema: "./src/db/schema/index.ts",
  out: "./drizzle",
} satisfies Config;
