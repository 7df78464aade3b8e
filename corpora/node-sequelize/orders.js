// Models make the tables, and nobody reads them yet: raw queries are found, and accuse nothing.
const { Sequelize, QueryTypes } = require("sequelize");

const sequelize = new Sequelize({ dialect: "sqlite", storage: "shop.db" });

class Orders {
  constructor(database) {
    this.database = database;
  }

  open(user) {
    return this.database.sequelize.query("SELECT id, totl FROM orders WHERE user_id = :user", { // want reason=no-schema
      replacements: { user },
      type: QueryTypes.SELECT,
    });
  }

  async newest(order) {
    const [[row]] = await sequelize.query(`SELECT max(id) AS id FROM orders ORDER BY ${order}`); // want reason=no-schema
    return row.id;
  }

  meta(table) {
    return sequelize.query("SELECT value FROM :table WHERE key = 'version'", { replacements: { table } }); // want reason=no-schema
  }
}

// A query of something else has the same name.
function search(client) {
  return client.query({ text: "select me" });
}

module.exports = { Orders, search };
