use sqlx::PgPool;

pub async fn broken(pool: &PgPool, id: i64) -> sqlx::Result<()> {
    sqlx::query("UPDATE orders SET status = 'shipped' WHERE id = $1").bind(id).execute(pool).await?; // want check-violation "'shipped' is written to column \"orders.status\""
    sqlx::query("INSERT INTO orders (quantity, status) VALUES (0, 'sent'), (1, 'payed')").execute(pool).await?; // want check-violation "0 is written" check-violation "did you mean \"paid\""
    sqlx::query("INSERT INTO orders (quantity, status) VALUES ($1, $2)").bind(100).bind("draft").execute(pool).await?; // want check-violation "100 is written"
    sqlx::query("UPDATE users SET mood = 'angry' WHERE id = $1").bind(id).execute(pool).await?; // want check-violation "enum \"mood\" allows happy, sad, calm"
    sqlx::query("SELECT id FROM users WHERE mood = 'angry'").fetch_all(pool).await?; // want check-violation "compared"
    sqlx::query("SELECT id FROM users WHERE mood IN ('happy', 'glad')").fetch_all(pool).await?; // want check-violation "'glad'"
    sqlx::query("INSERT INTO users (email, mood) VALUES ('a', 'furious'::mood)").execute(pool).await?; // want check-violation "'furious'"
    sqlx::query("UPDATE orders SET stars = 6 WHERE id = $1").bind(id).execute(pool).await?; // want check-violation "VALUE BETWEEN"
    sqlx::query("INSERT INTO users (email) VALUES ('somebody@somewhere.example')").execute(pool).await?; // want check-violation "length(email)"
    sqlx::query("INSERT INTO orders (quantity) SELECT 1 WHERE NOT EXISTS (SELECT 1 FROM orders WHERE status = 'x')").execute(pool).await?;
    Ok(())
}

/// Values that later migrations add, NULL, checks over several columns, and what is only compared with a text.
pub async fn silent(pool: &PgPool, id: i64, status: &str) -> sqlx::Result<()> {
    sqlx::query("UPDATE orders SET status = 'paid', quantity = 99, stars = NULL WHERE id = $1").bind(id).execute(pool).await?;
    sqlx::query("UPDATE users SET mood = 'calm', role = NULL, born = 2000, died = 1990 WHERE id = $1").bind(id).execute(pool).await?;
    sqlx::query("UPDATE orders SET kind = 'gift', status = $2 WHERE id = $1").bind(id).bind(status).execute(pool).await?;
    sqlx::query("SELECT id FROM orders WHERE status = 'shipped'").fetch_all(pool).await?;
    sqlx::query("SELECT id FROM users WHERE mood::text = 'angry'").fetch_all(pool).await?;
    sqlx::query("UPDATE orders SET quantity = quantity - 1 WHERE id = $1").bind(id).execute(pool).await?;
    Ok(())
}
