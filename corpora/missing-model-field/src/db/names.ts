import * as tables from "./schema";
import { orders, users } from "./schema";

export const schema = { ...tables, buyers: users };
export const purchases = orders;
const people = users;
export { people as customers };
