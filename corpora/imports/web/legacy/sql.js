const CLEAR = "DELETE FROM carts"; // want missing-table "carts"
module.exports = { CLEAR };
