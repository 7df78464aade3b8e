use sqlx::PgPool;

pub async fn listed(pool: &PgPool) -> sqlx::Result<()> {
    // The entry of this query is as it should be.
    sqlx::query!("SELECT id, email FROM users WHERE id = $1", 1_i64).fetch_one(pool).await?;
    sqlx::query!(
        "SELECT id FROM orders \
         WHERE user_id = $1",
        1_i64
    )
    .fetch_all(pool)
    .await?;
    Ok(())
}

pub async fn unlisted(pool: &PgPool) -> sqlx::Result<()> {
    sqlx::query!("SELECT total FROM orders WHERE id = $1", 1_i64).fetch_one(pool).await?; // want stale-query-cache "no entry"
    Ok(())
}

pub async fn contradicted(pool: &PgPool) -> sqlx::Result<()> {
    sqlx::query!("SELECT phone FROM users").fetch_all(pool).await?; // want missing-column "phone"
    sqlx::query!("SELECT code FROM coupons").fetch_all(pool).await?; // want missing-table "coupons"
    sqlx::query!("SELECT nickname, created_at FROM users").fetch_all(pool).await?;
    Ok(())
}

#[cfg(test)]
mod tests {
    #[sqlx::test]
    async fn counts(pool: sqlx::PgPool) {
        // What only tests run is often left out of the cache.
        sqlx::query!("SELECT count(*) FROM orders").fetch_one(&pool).await.unwrap();
    }
}
