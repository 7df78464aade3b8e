const sqlite3 = require("sqlite3");
const db = new sqlite3.Database("shop.db");

class Store {
  fetchRows(text, params = []) {
    return new Promise((resolve, reject) => db.all(text, params, (error, rows) => (error ? reject(error) : resolve(rows))));
  }

  async fetchRow(text, params) {
    const rows = await this.fetchRows(text, params);
    return rows[0];
  }
}

module.exports = { store: new Store() };
