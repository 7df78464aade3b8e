// A helper beside the steps is none of them.
exports.backfill = (db) => {
  db.exec("UPDATE users SET email = lower(email)");
};
