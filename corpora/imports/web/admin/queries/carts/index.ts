export const OLDEST = "SELECT age FROM users"; // want missing-column "age"
