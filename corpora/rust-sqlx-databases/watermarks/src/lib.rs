use chrono::Utc;
use sqlx::SqlitePool;

/// SQLite keeps a point in time as text.
pub async fn reached(pool: &SqlitePool, stream: &str) -> sqlx::Result<()> {
    sqlx::query("INSERT INTO watermarks (stream, reached_at) VALUES (?, ?)").bind(stream).bind(Utc::now()).execute(pool).await?;
    sqlx::query("SELECT reachd_at FROM watermarks").fetch_all(pool).await?; // want missing-column "reachd_at"
    Ok(())
}
