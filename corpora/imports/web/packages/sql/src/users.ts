export const FIND = `SELECT id, phone FROM users WHERE id = ?`; // want missing-column "phone"
