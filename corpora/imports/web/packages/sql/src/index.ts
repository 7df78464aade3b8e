export * from "./orders";
export { FIND as FIND_USER } from "./users.js";
