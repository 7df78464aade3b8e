use sqlx::PgPool;

pub async fn clean(pool: &PgPool) -> anyhow::Result<()> {
    let sql = std::fs::read_to_string("clean.sql")?;
    sqlx::raw_sql(&sql).execute(pool).await?;
    Ok(())
}
