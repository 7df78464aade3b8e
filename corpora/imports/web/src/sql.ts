export const SQL = {
  count: "SELECT COUNT(*) FROM order_lines", // want missing-table "order_lines"
};
