//! A list that a crate goes through, and statements in another order of the file.

use rusqlite::{Connection, Result};
use rusqlite_migration::{Migrations, M};

pub fn open(path: &str) -> Result<Connection> {
    let mut db = Connection::open(path)?;
    let migrations = Migrations::new(vec![
        M::up("CREATE TABLE desks (id INTEGER PRIMARY KEY, room TEXT NOT NULL);"),
        M::up(include_str!("migrations/chairs.sql")).down("DROP TABLE chairs;"),
        M::up("ALTER TABLE desks ADD COLUMN height INTEGER;").down("ALTER TABLE desks DROP COLUMN height;"),
    ]);
    migrations.to_latest(&mut db).expect("a schema");
    Ok(db)
}

pub fn heights(db: &Connection) -> Result<Vec<Option<i64>>> {
    let mut found = db.prepare("SELECT height FROM desks JOIN chairs ON chairs.desk_id = desks.id")?;
    found.query_map([], |row| row.get(0))?.collect()
}

pub fn widths(db: &Connection) -> Result<Vec<i64>> {
    let mut found = db.prepare("SELECT width FROM desks")?; // want missing-column "width"
    found.query_map([], |row| row.get(0))?.collect()
}
