use sqlx::PgPool;

pub async fn emails(pool: &PgPool) -> sqlx::Result<()> {
    sqlx::query!("SELECT email FROM users").fetch_all(pool).await?;
    sqlx::query!("SELECT id FROM users").fetch_all(pool).await?;
    Ok(())
}
