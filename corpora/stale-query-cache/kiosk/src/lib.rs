use sqlx::PgPool;

pub async fn first(pool: &PgPool) -> sqlx::Result<()> {
    sqlx::query!("SELECT id FROM orders").fetch_all(pool).await?; // want stale-query-cache "nothing gives it"
    sqlx::query!("SELECT id FROM users").fetch_all(pool).await?;
    // A query that is checked at run time needs no cache.
    sqlx::query("SELECT id FROM users").fetch_all(pool).await?;
    Ok(())
}
