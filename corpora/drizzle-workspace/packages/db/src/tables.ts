import { orders, users } from "./schema";

export const tables = { users, orders };
