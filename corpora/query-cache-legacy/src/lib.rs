use sqlx::PgPool;

pub async fn totals(pool: &PgPool) -> sqlx::Result<()> {
    sqlx::query!("SELECT total FROM orders").fetch_all(pool).await?;
    sqlx::query!("SELECT id, nickname FROM users").fetch_all(pool).await?; // want missing-column "nickname"
    Ok(())
}

// A column of that name in another query of the cache was there as well.
pub async fn named(pool: &PgPool) -> sqlx::Result<()> {
    sqlx::query("SELECT nickname FROM users").fetch_all(pool).await?; // want missing-column "nickname"
    Ok(())
}
