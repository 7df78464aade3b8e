use rusqlite::{Connection, Result};

pub fn emails(db: &Connection) -> Result<Vec<String>> {
    let mut found = db.prepare("SELECT email FROM users")?;
    found.query_map([], |row| row.get(0))?.collect()
}

pub fn names(db: &Connection) -> Result<Vec<String>> {
    let mut found = db.prepare("SELECT name FROM users")?; // want missing-column "never runs"
    found.query_map([], |row| row.get(0))?.collect()
}

pub fn open(db: &Connection, user: i64) -> Result<i64> {
    db.query_row("SELECT count(*) FROM orders WHERE user_id = ?1", [user], |row| row.get(0)) // want missing-table "fails before it is created"
}

pub fn redeem(db: &Connection, code: &str) -> Result<usize> {
    db.execute("DELETE FROM coupons WHERE code = ?1", [code]) // want missing-table "migration \"coupons\" creates it, and never runs"
}
