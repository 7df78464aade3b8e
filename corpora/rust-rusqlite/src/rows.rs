//! Rows of closures, statements and functions passed by name.

use rusqlite::{params, Connection, OptionalExtension, Result, Row};

pub struct User {
    pub id: i64,
    pub email: String,
    pub name: Option<String>,
}

impl User {
    fn from_row(row: &Row<'_>) -> Result<User> {
        Ok(User { id: row.get(0)?, email: row.get(1)?, name: row.get(2)? })
    }

    fn named(row: &Row) -> rusqlite::Result<Self> {
        Ok(Self {
            id: row.get("id")?,
            email: row.get("name")?, // want nullability-mismatch "users.name"
            name: row.get("nmae")?, // want missing-column "nmae"
        })
    }
}

pub fn broken(connection: &Connection) -> Result<()> {
    let email: i64 = connection.query_row("SELECT email FROM users WHERE id = ?1", [1], |row| row.get(0))?; // want type-mismatch "users.email"
    let name = connection.query_row("SELECT name FROM users WHERE id = ?1", params![1], |row| row.get::<_, String>(0))?; // want nullability-mismatch "users.name"
    let pair: (i64, String) = connection.query_row("SELECT id, email FROM users", [], |r| Ok((r.get(0)?, r.get(2)?)))?; // want column-count-mismatch "column 2"
    let mut statement = connection.prepare("SELECT id, name FROM users WHERE email = ?1")?;
    let users = statement.query_map(params!["a"], |row| {
        Ok(User {
            id: row.get("id")?,
            email: row.get("email")?, // want missing-column "does not select"
            name: row.get("name")?,
        })
    })?;
    let mut statement = connection.prepare_cached("SELECT id, email FROM users")?;
    let mut rows = statement.query([])?;
    while let Some(row) = rows.next()? {
        let id: String = row.get(0)?; // want type-mismatch "users.id"
        drop(id);
    }
    let all = connection.prepare("SELECT id, name FROM users")?.query_map([], User::named)?.collect::<Result<Vec<_>>>()?;
    let names: Vec<String> = connection
        .prepare("SELECT name FROM users")?
        .query_map([], |row| row.get(0))? // want nullability-mismatch "users.name"
        .collect::<Result<_>>()?;
    drop((email, name, pair, users, all, names));
    Ok(())
}

fn total(connection: &Connection) -> Result<String> {
    connection.query_row("SELECT total FROM orders", [], |row| row.get(0)) // want type-mismatch "orders.total"
}

pub fn silent(connection: &Connection, place: usize) -> Result<Option<User>> {
    let user = connection.query_row("SELECT id, email, name FROM users", [], User::from_row).optional()?;
    let name: Option<String> = connection.query_row("SELECT name FROM users", [], |row| row.get(0)).optional()?.flatten();
    let shown = connection.query_row("SELECT name FROM users", [], |row| Ok(row.get::<_, Option<String>>(0)?.unwrap_or_default()))?;
    let perhaps = connection.query_row("SELECT id FROM users", [], |row| Ok(row.get::<_, String>(3).ok()))?;
    let counted: u32 = connection.query_row("SELECT COUNT(*) FROM users", [], |row| row.get(0))?;
    let placed: String = connection.query_row("SELECT id FROM users", [], |row| row.get(place))?;
    let raw = connection.query_row("SELECT name FROM users", [], |row| Ok(row.get_ref(0)?.as_str().map(str::to_owned)))?;
    let size = connection.query_row("SELECT id FROM users", [], |row| Ok(row.get::<_, i64>(0)? as usize))?;
    drop((name, shown, perhaps, counted, placed, raw, size, total(connection)?));
    Ok(user)
}
