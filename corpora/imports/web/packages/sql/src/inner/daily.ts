export const DAILY = "SELECT day FROM orders"; // want missing-column "day"
