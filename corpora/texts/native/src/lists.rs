use sqlx::PgPool;

pub async fn run(pool: &PgPool) -> sqlx::Result<()> {
    for sql in ["SELECT totl FROM orders", "SELECT name FROM users"] { // want missing-column "totl"
        sqlx::query(sql).execute(pool).await?;
    }
    Ok(())
}
