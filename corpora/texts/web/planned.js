const { Pool } = require("pg");
const plans = require("./plans");
const { columns } = require("./plans");
const pool = new Pool();

class Boss {
  constructor(schema) {
    this.schema = schema;
  }

  async orders() {
    const sql = plans.findOrders(this.schema);
    return this.execute(sql);
  }

  async closed(all) {
    return this.execute(plans.byState(all));
  }

  async execute(text, values) {
    return pool.query(text, values);
  }
}

async function names() {
  return pool.query(columns("users"));
}

async function clean() {
  return pool.query(plans.cleanUp());
}

async function add(name) {
  const query = plans.insertUser(name);
  await pool.query(query.text, query.values);
  return pool.query(plans.endless(true)); // want unresolved-query
}

module.exports = { Boss, names, clean, add };
