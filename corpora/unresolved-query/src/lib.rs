use sqlx::SqlitePool;

const BY_EMAIL: &str = "SELECT id FROM users WHERE email = ?";
const PREFIX: &str = concat!("SELECT id", " FROM orders");

pub async fn unknown(pool: &SqlitePool, sql: &str, table: &str) -> sqlx::Result<()> {
    sqlx::query(sql).fetch_all(pool).await?; // want unresolved-query "built at run time"
    sqlx::query(&format!("DELETE FROM {table} WHERE id = ?")).bind(1).execute(pool).await?; // want unresolved-query "table is built"
    Ok(())
}

/// Texts that can be evaluated, if only in part.
pub async fn known(pool: &SqlitePool, limit: u32) -> sqlx::Result<()> {
    sqlx::query(BY_EMAIL).bind("a").fetch_all(pool).await?;
    sqlx::query(PREFIX).fetch_all(pool).await?;
    sqlx::query(&format!("{PREFIX} LIMIT {limit}")).fetch_all(pool).await?;
    let mut text = String::from("SELECT id FROM orders WHERE total > 0");
    if limit > 10 {
        text.push_str(" AND note IS NULL");
    }
    sqlx::query(&text).fetch_all(pool).await?;
    Ok(())
}
