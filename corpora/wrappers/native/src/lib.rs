use sqlx::SqlitePool;

/// What it reads of a row, it reads of every caller's.
pub async fn pairs(pool: &SqlitePool, sql: &str) -> sqlx::Result<Vec<(i64, String)>> {
    sqlx::query_as::<_, (i64, String)>(sql).fetch_all(pool).await
}

pub async fn whole(pool: &SqlitePool) -> sqlx::Result<Vec<(i64, String)>> {
    pairs(pool, "SELECT id, email FROM users").await
}

pub async fn short(pool: &SqlitePool) -> sqlx::Result<Vec<(i64, String)>> {
    pairs(pool, "SELECT id FROM users").await // want column-count-mismatch "beyond"
}
