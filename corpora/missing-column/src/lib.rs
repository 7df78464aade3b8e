use sqlx::SqlitePool;

pub async fn broken(pool: &SqlitePool) -> sqlx::Result<()> {
    sqlx::query("SELECT id, emial FROM users").fetch_all(pool).await?; // want missing-column "did you mean \"email\""
    sqlx::query("SELECT name FROM users").fetch_all(pool).await?; // want missing-column "renamed to \"display_name\""
    sqlx::query("UPDATE orders SET note = ? WHERE id = ?").bind("x").bind(1).execute(pool).await?; // want missing-column "a migration drops it"
    sqlx::query("SELECT o.total, u.phone FROM orders o JOIN users u ON u.id = o.user_id").fetch_all(pool).await?; // want missing-column "phone"
    sqlx::query("INSERT INTO users (email, display_name, phone) VALUES (?, ?, ?)").bind("a").bind("b").bind("c").execute(pool).await?; // want missing-column "phone"
    sqlx::query("SELECT t.earned FROM totals t").fetch_all(pool).await?; // want missing-column "earned"
    sqlx::query("SELECT id FROM users WHERE EXISTS (SELECT 1 FROM orders WHERE orders.owner = users.id)").fetch_all(pool).await?; // want missing-column "owner"
    sqlx::query("WITH r AS (SELECT id FROM orders) SELECT r.total FROM r").fetch_all(pool).await?; // want missing-column "total"
    Ok(())
}

/// Names that are in no table and are right all the same.
pub async fn silent(pool: &SqlitePool, order: &str) -> sqlx::Result<()> {
    sqlx::query("SELECT user_id, SUM(total) AS spent FROM orders GROUP BY user_id HAVING spent > 10 ORDER BY spent").fetch_all(pool).await?;
    sqlx::query("SELECT rowid, _rowid_, oid FROM orders").fetch_all(pool).await?;
    sqlx::query("INSERT INTO users (email) VALUES (?) ON CONFLICT (email) DO UPDATE SET display_name = excluded.display_name").bind("a").execute(pool).await?;
    sqlx::query("SELECT json_extract(status, '$.kind') AS kind FROM orders WHERE kind = 'x'").fetch_all(pool).await?;
    sqlx::query("SELECT spent FROM totals").fetch_all(pool).await?;
    sqlx::query("SELECT rank, status FROM orders_search WHERE orders_search MATCH ?").bind("x").fetch_all(pool).await?;
    sqlx::query("SELECT value FROM json_each(?)").bind("[]").fetch_all(pool).await?;
    sqlx::query("WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 5) SELECT i FROM n").fetch_all(pool).await?;
    sqlx::query("SELECT EMAIL, Display_Name FROM Users").fetch_all(pool).await?;
    sqlx::query("SELECT id FROM orders WHERE status = \"open\"").fetch_all(pool).await?;
    sqlx::query(&format!("SELECT id FROM orders ORDER BY {order}")).fetch_all(pool).await?;
    Ok(())
}

#[derive(sqlx::FromRow)]
pub struct Order {
    pub id: i64,
    pub total: f64,
    pub paid_at: Option<String>, // want missing-column "no column \"paid_at\""
    pub status: String,
}

#[derive(sqlx::FromRow)]
pub struct Line {
    pub id: i64,
    pub status: String, // want missing-column "does not select"
    #[sqlx(default)]
    pub discount: i64,
    #[sqlx(skip)]
    pub shown: bool,
    #[sqlx(flatten)]
    pub order: Money,
}

#[derive(sqlx::FromRow)]
pub struct Money {
    pub total: f64,
}

pub async fn rows(pool: &SqlitePool) -> sqlx::Result<()> {
    sqlx::query_as::<_, Order>("SELECT * FROM orders").fetch_all(pool).await?;
    sqlx::query_as::<_, Line>("SELECT id, total FROM orders").fetch_all(pool).await?;
    sqlx::query_as::<_, Money>("SELECT o.*, u.email FROM orders o JOIN users u ON u.id = o.user_id").fetch_all(pool).await?;
    Ok(())
}
