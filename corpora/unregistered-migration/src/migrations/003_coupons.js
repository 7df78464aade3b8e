// Nobody added it to the list.
exports.up = (db) => { // want unregistered-migration "table \"coupons\""
  db.exec("CREATE TABLE coupons (code TEXT PRIMARY KEY)");
};

exports.down = (db) => {
  db.exec("DROP TABLE coupons");
};
