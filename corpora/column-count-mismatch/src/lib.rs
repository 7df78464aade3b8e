use sqlx::SqlitePool;

pub async fn broken(pool: &SqlitePool) -> sqlx::Result<()> {
    sqlx::query("INSERT INTO users (email, name) VALUES (?)").bind("a").execute(pool).await?; // want column-count-mismatch "fewer"
    sqlx::query("INSERT INTO users (email) VALUES (?, ?)").bind("a").bind("b").execute(pool).await?; // want column-count-mismatch "more"
    sqlx::query("INSERT INTO users VALUES (1, 'a')").execute(pool).await?; // want column-count-mismatch "fewer"
    sqlx::query("INSERT INTO orders (user_id, total) SELECT id FROM users").execute(pool).await?; // want column-count-mismatch "fewer"
    sqlx::query_as::<_, (i64, String, String)>("SELECT id, email FROM users").fetch_all(pool).await?; // want column-count-mismatch "beyond"
    Ok(())
}

/// Counts that agree, or cannot be counted.
pub async fn silent(pool: &SqlitePool, rows: &str) -> sqlx::Result<()> {
    sqlx::query("INSERT INTO users (email, name) VALUES (?, ?), (?, ?)").bind("a").bind("b").bind("c").bind("d").execute(pool).await?;
    sqlx::query("INSERT INTO users VALUES (1, 'a', 'b', 'c')").execute(pool).await?;
    sqlx::query("INSERT INTO orders (user_id, total, note, created_at) SELECT 1, 0, * FROM (SELECT name, created_at FROM users)").execute(pool).await?;
    sqlx::query(&format!("INSERT INTO users (email, name) VALUES {rows}")).execute(pool).await?;
    sqlx::query("INSERT INTO users DEFAULT VALUES").execute(pool).await?; // want missing-required-column "email"
    sqlx::query_as::<_, (i64, String)>("SELECT id, email, name FROM users").fetch_all(pool).await?;
    Ok(())
}
