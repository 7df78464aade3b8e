export * from "../columns";
export * from "./users";
export * from "./catalog";
export * from "./types";
export * from "./orders";
