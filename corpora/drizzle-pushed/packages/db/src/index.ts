export * from "./schema";
export * from "./legacy";
