use sqlx::PgPool;

pub async fn broken(pool: &PgPool) -> sqlx::Result<()> {
    sqlx::query("SELECT id FROM users JOIN orders ON orders.user_id = users.id").fetch_all(pool).await?; // want ambiguous-column "\"id\" is ambiguous"
    sqlx::query("INSERT INTO users (id, email) VALUES ($1, $2) ON CONFLICT (email) DO UPDATE SET name = coalesce(name, $2)").bind(1_i64).bind("a@shop").execute(pool).await?; // want ambiguous-column "\"name\" is ambiguous"
    sqlx::query("INSERT INTO users (id, email) VALUES ($1, $2) ON CONFLICT (email) DO UPDATE SET name = coalesce(users.name, excluded.name), email = $2").bind(1_i64).bind("a@shop").execute(pool).await?;
    sqlx::query("SELECT u.id FROM users u, orders o WHERE o.user_id = u.id AND created_at > now()").fetch_all(pool).await?; // want ambiguous-column "created_at"
    Ok(())
}

/// One name, two tables, no doubt.
pub async fn silent(pool: &PgPool) -> sqlx::Result<()> {
    sqlx::query("SELECT id, total FROM (SELECT id FROM users) u JOIN (SELECT id, total FROM orders) o USING (id)").fetch_all(pool).await?;
    sqlx::query("SELECT email, total FROM users JOIN orders ON orders.user_id = users.id").fetch_all(pool).await?;
    sqlx::query("SELECT u.id AS id, o.total FROM users u JOIN orders o ON o.user_id = u.id ORDER BY id").fetch_all(pool).await?;
    sqlx::query("SELECT id FROM users WHERE EXISTS (SELECT 1 FROM orders WHERE user_id = users.id AND created_at > now())").fetch_all(pool).await?;
    Ok(())
}
