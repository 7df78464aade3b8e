//! What an expression can be NULL for, and what it cannot.

use sqlx::PgPool;

#[derive(sqlx::FromRow)]
pub struct Summary {
    pub user_id: i64,
    pub orders: i64,
    pub last: chrono::DateTime<chrono::Utc>,
    pub total: rust_decimal::Decimal,
    pub first_note: String, // want nullability-mismatch "\"first_note\" can be NULL"
    pub nick: String, // want nullability-mismatch "\"nick\" can be NULL"
}

/// Each group has rows: only what is nullable in them can be NULL.
pub async fn summaries(pool: &PgPool) -> sqlx::Result<Vec<Summary>> {
    sqlx::query_as::<_, Summary>(
        "SELECT o.user_id, COUNT(*) AS orders, MAX(o.created_at) AS last, SUM(o.total) AS total, MIN(o.note) AS first_note,
                NULLIF(MIN(u.email), '') AS nick
         FROM orders o JOIN users u ON u.id = o.user_id GROUP BY o.user_id",
    )
    .fetch_all(pool)
    .await
}

/// Over all rows there may be none.
pub async fn totals(pool: &PgPool) -> sqlx::Result<()> {
    sqlx::query_scalar::<_, i64>("SELECT MAX(id) FROM orders").fetch_one(pool).await?; // want nullability-mismatch "where there are no rows"
    sqlx::query_scalar::<_, Option<i64>>("SELECT MAX(id) FROM orders").fetch_one(pool).await?;
    sqlx::query_scalar::<_, i64>("SELECT COALESCE(MAX(id), 0) FROM orders").fetch_one(pool).await?;
    sqlx::query_scalar::<_, i64>("SELECT COUNT(note) FROM orders").fetch_one(pool).await?;
    sqlx::query_as::<_, (i64, String)>("SELECT id, note FROM orders").fetch_all(pool).await?; // want nullability-mismatch "orders.note"
    sqlx::query_as::<_, (i64, serde_json::Value)>("SELECT o.id, o.payload FROM orders o").fetch_all(pool).await?;
    Ok(())
}

pub struct Known {
    pub name: String,
    pub locale: Option<String>,
}

/// `!` says that nobody expects a NULL.
pub async fn forced(pool: &PgPool) -> sqlx::Result<Vec<Known>> {
    sqlx::query_as!(Known, r#"SELECT name AS "name!", locale FROM users"#).fetch_all(pool).await
}

#[derive(sqlx::FromRow)]
pub struct Filled {
    #[sqlx(default)]
    pub note: String, // want nullability-mismatch "orders.note"
}

/// `default` fills in for a column that is missing, not for its NULL.
pub async fn filled(pool: &PgPool) -> sqlx::Result<Vec<Filled>> {
    sqlx::query_as::<_, Filled>("SELECT note FROM orders").fetch_all(pool).await
}

pub async fn write(pool: &PgPool, email: Option<String>, name: Option<String>) -> sqlx::Result<()> {
    sqlx::query("INSERT INTO users (email, name) VALUES ($1, $2)").bind(email).bind(name).execute(pool).await?; // want nullability-mismatch "users.email"
    Ok(())
}
