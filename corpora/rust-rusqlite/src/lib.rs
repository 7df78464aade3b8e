mod rows;

use std::sync::LazyLock;

use rusqlite::{named_params, params, Connection, Result};

lazy_static::lazy_static! {
    static ref COUNT_CARTS: String = format!("SELECT count(*) FROM {}", "carts"); // want missing-table "carts"
}
static FIND_ORDER: LazyLock<String> = LazyLock::new(|| format!("SELECT id FROM orders WHERE {} = 1", "totl")); // want missing-column "totl"

pub fn broken(connection: &Connection, ids: &[i64]) -> Result<()> {
    connection.execute("INSERT INTO users (email, nmae) VALUES (?1, ?2)", params!["a", "b"])?; // want missing-column "did you mean \"name\""
    connection.execute("DELETE FROM users WHERE id = ?1 AND email = ?2", params![1])?; // want placeholder-mismatch "placeholder 2"
    connection.query_row("SELECT name FROM user WHERE id = ?", [1], |row| row.get::<_, String>(0))?; // want missing-table "user"
    connection.execute_batch("DELETE FROM orders WHERE id = 1; DELETE FROM carts;")?; // want missing-table "carts"
    let mut statement = connection.prepare_cached("SELECT totl FROM orders")?; // want missing-column "totl"
    statement.query([])?;
    connection.execute(
        "UPDATE users SET name = :name WHERE id = :id", // want placeholder-mismatch "id"
        named_params! { ":name": "b" },
    )?;
    connection.query_row(&COUNT_CARTS, [], |row| row.get::<_, i64>(0))?;
    connection.query_row(&FIND_ORDER, [], |row| row.get::<_, i64>(0))?;
    for id in ids {
        connection.query_row("SELECT email FROM users WHERE id = ?1", params![id], |row| row.get::<_, String>(0))?; // want n-plus-one "users"
    }
    Ok(())
}

pub fn silent(connection: &Connection, values: &[(&str, &dyn rusqlite::ToSql)]) -> Result<()> {
    connection.execute("UPDATE users SET name = :name WHERE id = :id", named_params! { ":name": "b", ":id": 1 })?;
    connection.execute("UPDATE users SET name = :name WHERE id = :id", values)?;
    connection.execute("UPDATE users SET name = ?1, email = ?1 WHERE id = ?2", params!["b", 1])?;
    connection.execute("DELETE FROM orders WHERE true", [])?;
    connection.execute("DELETE FROM orders WHERE true", ())?;
    connection.execute("UPDATE users SET name = $name WHERE true", &[("$name", "b")])?;
    let text = "DELETE FROM orders WHERE id = ?1";
    let mut statement = connection.prepare(text)?;
    statement.execute(params![1])?;
    statement.query_row(params![2], |row| row.get::<_, i64>(0))?;
    connection.execute_batch("PRAGMA foreign_keys = ON; BEGIN; COMMIT;")?;
    Ok(())
}

/// A statement from before the table was dropped.
pub fn moved(connection: &Connection) -> Result<()> {
    let mut statement = connection.prepare("SELECT id FROM old_orders")?;
    statement.query([])?;
    drop_old(connection)
}

fn drop_old(connection: &Connection) -> Result<()> {
    let text = r##"
DROP TABLE IF EXISTS old_orders;
PRAGMA user_version = 2;
"##;
    connection.execute_batch(text)
}
