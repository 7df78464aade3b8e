const mysql = require('mysql2');

const connection = mysql.createConnection({ database: 'shop' });

module.exports.orders = function (status, done) {
  connection.query('SELECT id, totl FROM orders WHERE status = ?', status, done); // want missing-column "totl"
};

module.exports.browse = function (browser) {
  browser.query('select[name]');
  browser.execute('click');
};
