use sqlx::PgPool;

pub async fn broken(pool: &PgPool) -> sqlx::Result<()> {
    sqlx::query("SELECT id FROM users WHERE email = $1 AND name = $2").bind("a").fetch_all(pool).await?; // want placeholder-mismatch "placeholder 2"
    sqlx::query("SELECT id FROM users WHERE email = $1").bind("a").bind("b").fetch_all(pool).await?; // want placeholder-mismatch "argument 2"
    sqlx::query("SELECT id FROM users WHERE email = $1").fetch_all(pool).await?; // want placeholder-mismatch "placeholder 1"
    Ok(())
}

/// As many as there must be, or nobody can know.
pub async fn silent(pool: &PgPool, more: bool) -> sqlx::Result<()> {
    sqlx::query("SELECT id FROM users WHERE email = $1 OR name = $1").bind("a").fetch_all(pool).await?;
    sqlx::query("SELECT id FROM orders WHERE payload ? 'gift'").fetch_all(pool).await?;
    sqlx::query("SELECT total::text, '$1 and ?' AS shown FROM orders -- $2").fetch_all(pool).await?;
    let mut query = sqlx::query("SELECT id FROM users WHERE email = $1 AND name = $2").bind("a");
    if more {
        query = query.bind("b");
    }
    query.fetch_all(pool).await?;
    sqlx::query("SELECT id FROM users WHERE email = ANY($1)").bind(vec!["a", "b"]).fetch_all(pool).await?;
    Ok(())
}
