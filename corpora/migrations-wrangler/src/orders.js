export const paid = (env) => env.DB.prepare("SELECT id, total FROM orders WHERE paid = 1").all();
export const carts = (env) => env.DB.prepare("SELECT id FROM carts").all(); // want missing-table "carts"
