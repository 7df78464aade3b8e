// What a raw query of Sequelize gives depends on its options.
const { Sequelize, QueryTypes } = require("sequelize");

const sequelize = new Sequelize({ dialect: "sqlite", storage: "shop.db" });

async function read(options) {
  const [[newest]] = await sequelize.query("SELECT max(id) AS id FROM orders");
  const rows = await sequelize.query("SELECT id FROM orders", { type: QueryTypes.SELECT });
  const [result] = await sequelize.query("SELECT id FROM orders");
  console.log(newest.id, newest.total); // want missing-column "total"
  console.log(rows.map((row) => row.status)); // want missing-column "status"
  console.log(result[0].total, result.length); // want missing-column "total"
  const one = await sequelize.query("SELECT id FROM orders", { type: QueryTypes.SELECT, plain: true });
  const unknown = await sequelize.query("SELECT id FROM orders", options);
  return [one.status, unknown[0].status];
}

module.exports = { read };
