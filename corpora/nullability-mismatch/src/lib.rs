mod expressions;

use sqlx::PgPool;

#[derive(sqlx::FromRow)]
pub struct User {
    pub id: i64,
    pub email: String,
    pub name: String, // want nullability-mismatch "users.name"
    pub locale: String, // want nullability-mismatch "users.locale"
}

#[derive(sqlx::FromRow)]
pub struct Customer {
    pub email: String,
    pub total: rust_decimal::Decimal, // want nullability-mismatch "outer join"
}

#[derive(sqlx::FromRow)]
pub struct Named {
    pub id: i64,
    pub name: String,
}

#[derive(sqlx::FromRow)]
pub struct Noted {
    pub id: i64,
    pub note: Option<String>,
    #[sqlx(default)]
    pub payload: Payload,
}

pub struct Payload;

pub async fn users(pool: &PgPool) -> sqlx::Result<Vec<User>> {
    sqlx::query_as::<_, User>("SELECT * FROM users").fetch_all(pool).await
}

pub async fn customers(pool: &PgPool) -> sqlx::Result<Vec<Customer>> {
    sqlx::query_as::<_, Customer>("SELECT u.email, o.total FROM users u LEFT JOIN orders o ON o.user_id = u.id")
        .fetch_all(pool)
        .await
}

/// NULLs that cannot arrive.
pub async fn silent(pool: &PgPool) -> sqlx::Result<Vec<Named>> {
    sqlx::query_as::<_, Noted>("SELECT id, note FROM orders").fetch_all(pool).await?;
    sqlx::query_as::<_, Named>("SELECT id, name FROM users WHERE name IS NOT NULL").fetch_all(pool).await?;
    sqlx::query_as::<_, Named>("SELECT id, name FROM users WHERE name = $1").bind("a").fetch_all(pool).await?;
    sqlx::query_as::<_, Named>("SELECT id, COALESCE(name, '') AS name FROM users").fetch_all(pool).await
}
