const mysql = require("mysql2/promise");

const pool = mysql.createPool({});

async function broken(id) {
  await pool.query("INSERT INTO users (role) VALUES ('admin')"); // want missing-required-column "\"email\""
  await pool.query("INSERT INTO users SET role = 'guest', email = 'a'"); // want check-violation "'guest'"
  await pool.query("UPDATE users SET email = ? WHERE id = ?", ["somebody@shop.example", id]); // want value-too-long "users.email"
  await pool.query("REPLACE INTO users (id, role) VALUES (?, 'admin')", [id]); // want missing-required-column "\"email\""
}

async function silent(id, user) {
  await pool.query("INSERT INTO users (email) VALUES ('a')");
  await pool.query("INSERT IGNORE INTO users (role) VALUES ('admin')");
  await pool.query("INSERT INTO users SET ?", user);
  await pool.query("INSERT INTO users (id, email, seen) VALUES (NULL, 'a', NULL) ON DUPLICATE KEY UPDATE role = 'ADMIN'");
  await pool.query("UPDATE users u JOIN users v ON v.id = u.id SET u.role = 'member'");
  await pool.query("DELETE FROM users LIMIT 10");
}

module.exports = { broken, silent };
