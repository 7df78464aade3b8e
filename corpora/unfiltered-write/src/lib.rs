use sqlx::SqlitePool;

pub async fn broken(pool: &SqlitePool) -> sqlx::Result<()> {
    sqlx::query("DELETE FROM orders").execute(pool).await?; // want unfiltered-write "removes every row"
    sqlx::query("UPDATE users SET active = 0").execute(pool).await?; // want unfiltered-write "changes every row"
    sqlx::query("WITH old AS (SELECT 1) DELETE FROM users").execute(pool).await?; // want unfiltered-write "users"
    Ok(())
}

pub async fn silent(pool: &SqlitePool, filter: &str) -> sqlx::Result<()> {
    sqlx::query("DELETE FROM orders WHERE id = ?").bind(1).execute(pool).await?;
    sqlx::query("DELETE FROM orders WHERE true").execute(pool).await?;
    sqlx::query("UPDATE users SET active = 0 FROM orders").execute(pool).await?;
    sqlx::query(&format!("DELETE FROM orders {filter}")).execute(pool).await?;
    sqlx::query(&format!("UPDATE users SET active = {filter}")).execute(pool).await?;
    sqlx::query("CREATE TEMP TABLE picked (id INTEGER)").execute(pool).await?;
    sqlx::query("DELETE FROM picked").execute(pool).await?;
    sqlx::query("INSERT INTO users (id, email) VALUES (1, 'a') ON CONFLICT (id) DO UPDATE SET active = 1").execute(pool).await?;
    Ok(())
}

pub async fn reset_orders(pool: &SqlitePool) -> sqlx::Result<()> {
    sqlx::query("DELETE FROM orders").execute(pool).await?; // want unfiltered-write
    Ok(())
}
