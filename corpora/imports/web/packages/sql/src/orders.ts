export const LIST = "SELECT id, totl FROM orders"; // want missing-column "totl"
