use sqlx::PgPool;

macro_rules! select_where {
    ($condition:literal) => {
        sqlx::query!("SELECT id FROM orders WHERE " + $condition)
    };
}

pub async fn large(pool: &PgPool) -> sqlx::Result<()> {
    select_where!("total > 1000").fetch_all(pool).await?;
    sqlx::query!("SELECT total FROM orders").fetch_all(pool).await?;
    Ok(())
}
