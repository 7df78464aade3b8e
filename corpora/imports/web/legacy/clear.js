const { CLEAR } = require("./sql");
const db = require("better-sqlite3")("shop.db");

db.exec(CLEAR);
