use sqlx::{Executor, PgPool};

const COLUMNS: &str = "id, email";

pub async fn texts(pool: &PgPool, user: uuid::Uuid) -> anyhow::Result<()> {
    sqlx::query_file!("queries/paid_orders.sql", user).fetch_all(pool).await?;
    sqlx::query!("SELECT id FROM users " + "WHERE emial = $1", "a").fetch_all(pool).await?; // want missing-column "emial"
    sqlx::query(concat!("SELECT id, ", "nick", " FROM users")).fetch_all(pool).await?; // want missing-column "nick"
    sqlx::query(const_format::concatcp!("SELECT ", COLUMNS, " FROM userz")).fetch_all(pool).await?; // want missing-table "userz"
    sqlx::query(&format!("SELECT {COLUMNS}, {extra} FROM users", extra = "phone")).fetch_all(pool).await?; // want missing-column "phone"
    sqlx::query(&format!("SELECT {} FROM users WHERE {} = $1", COLUMNS, "mail")).bind("a").fetch_all(pool).await?; // want missing-column "mail"
    sqlx::query(r#"SELECT "userId" FROM orders"#).fetch_all(pool).await?; // want missing-column "userId"
    pool.execute("UPDATE orders SET totals = 0 WHERE id = 1").await?; // want missing-column "totals"
    sqlx::raw_sql("DELETE FROM carts; DELETE FROM orders WHERE total < 0").execute(pool).await?; // want missing-table "carts"
    let found = tokio::try_join!(
        sqlx::query("SELECT id FROM users WHERE nicknme IS NULL").fetch_all(pool), // want missing-column "nicknme"
        sqlx::query("SELECT id FROM orders").fetch_all(pool),
    )?;
    let _ = found;
    // The é before it takes two bytes, the name after it starts where it stands.
    sqlx::query("SELECT 'é' AS accent, titel FROM users").fetch_all(pool).await?; // want missing-column "titel"
    sqlx::query(
        "SELECT id, \
                nickname, \
                fax \
         FROM users",
    )
    .fetch_all(pool)
    .await?;
    Ok(())
}

/// A generic type among the arguments holds a comma of its own, and an override is no column.
pub async fn silent(pool: &PgPool, ids: Vec<i64>) -> anyhow::Result<()> {
    sqlx::query!(
        "UPDATE orders SET total = $1 WHERE id = ANY($2)",
        1i64 as Wrapped<i64, Cents>,
        &ids.iter().copied().collect::<Vec<i64>>() as &[i64],
    )
    .execute(pool)
    .await?;
    sqlx::query("SELECT 1 FROM sqlite_master WHERE name = 'orders'").fetch_all(pool).await?;
    sqlx::query!(r#"SELECT id AS "id!: OrderId", status AS "status: Status", COUNT(*) OVER () AS "all!" FROM orders"#)
        .fetch_all(pool)
        .await?;
    Ok(())
}
