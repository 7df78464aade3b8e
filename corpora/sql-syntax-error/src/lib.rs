use sqlx::PgPool;

pub async fn broken(pool: &PgPool) -> sqlx::Result<()> {
    sqlx::query("SELECT id, email, FROM users").fetch_all(pool).await?; // want sql-syntax-error
    sqlx::query("INSERT INTO users (email, name VALUES ($1, $2)").bind("a").bind("b").execute(pool).await?; // want sql-syntax-error
    sqlx::query("SELECT id FROM users WHERE (email = $1").bind("a").fetch_all(pool).await?; // want sql-syntax-error
    sqlx::query("SELECT id FROM users WHERE email = 'a").fetch_all(pool).await?; // want sql-syntax-error
    Ok(())
}

/// Unusual, incomplete or spliced, and no error of anyone.
pub async fn silent(pool: &PgPool, filter: &str, columns: &str) -> sqlx::Result<()> {
    sqlx::query("SELECT payload ? 'gift' AS gift, payload -> 'a' ->> 'b' AS b, payload @> '{}' AS c FROM orders").fetch_all(pool).await?;
    sqlx::query("SELECT DISTINCT ON (user_id) user_id, total FROM orders ORDER BY user_id, created_at DESC").fetch_all(pool).await?;
    sqlx::query("SELECT id FROM orders FOR UPDATE SKIP LOCKED").fetch_all(pool).await?;
    sqlx::query(&format!("SELECT {columns} FROM orders WHERE {filter}")).fetch_all(pool).await?;
    sqlx::query(&format!("SELECT id FROM orders {filter}")).fetch_all(pool).await?;
    sqlx::query("VACUUM (ANALYZE) orders").execute(pool).await?;
    sqlx::query("SELECT id, (total)::text AS shown FROM orders").fetch_all(pool).await?;
    sqlx::query("SELECT email AS \"email!: String\" FROM users").fetch_all(pool).await?;
    Ok(())
}
