use rusqlite::{Connection, Result};

/// What it reads of a row, it reads of every caller's.
pub fn pair(db: &Connection, sql: &str) -> Result<(i64, String)> {
    db.query_row(sql, [], |row| Ok((row.get::<_, i64>(0)?, row.get::<_, String>(1)?))) // want column-count-mismatch
}

pub fn first(db: &Connection) -> Result<(i64, String)> {
    pair(db, "SELECT id, email FROM users LIMIT 1")
}

pub fn second(db: &Connection) -> Result<(i64, String)> {
    pair(db, "SELECT id FROM users LIMIT 1 OFFSET 1")
}
