const fs = require("fs");
const path = require("path");
const { Pool } = require("pg");
const sqlite3 = require("sqlite3");

class Database {
  constructor() {
    this.remote = process.env.REMOTE === "1";
    if (this.remote) {
      this.pg = new Pool();
    } else {
      this.db = new sqlite3.Database("shop.db");
      const schema = fs.readFileSync(path.join(__dirname, "../db/init.sql"), "utf8");
      this.db.exec(schema, (error) => {
        if (error) throw error;
      });
    }
  }

  // One text for two engines.
  async send(text, values = []) {
    if (this.remote) {
      return this.pg.query(text, values);
    }
    const local = text.replace(/\$\d+/g, "?").replace(/NOW\(\)/g, "datetime('now')");
    return new Promise((resolve, reject) => {
      this.db.all(local, values, (error, rows) => (error ? reject(error) : resolve(rows))); // want unresolved-query
    });
  }
}

module.exports = { database: new Database() };
