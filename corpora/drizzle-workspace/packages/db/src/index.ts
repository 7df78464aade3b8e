import { drizzle } from "drizzle-orm/libsql";

import * as all from "./schema";

export * as schema from "./schema";
export * from "./tables";
export * from "drizzle-orm";
export const db = drizzle({ connection: process.env.DATABASE_URL!, schema: all });
