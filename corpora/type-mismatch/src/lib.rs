pub mod clock;
pub mod parcels;

use sqlx::PgPool;

#[derive(sqlx::FromRow)]
pub struct User {
    pub id: i32, // want type-mismatch "users.id"
    pub email: String,
    pub name: Option<i64>, // want type-mismatch "users.name"
    pub created_at: chrono::DateTime<chrono::Utc>,
}

#[derive(sqlx::FromRow)]
pub struct Order {
    #[sqlx(rename = "id")]
    pub number: i64,
    pub total: Money,
    #[sqlx(json)]
    pub payload: Payload,
    #[sqlx(skip)]
    pub note: i64,
}

pub struct Money(pub rust_decimal::Decimal);
pub struct Payload;

pub async fn users(pool: &PgPool) -> sqlx::Result<Vec<User>> {
    sqlx::query_as::<_, User>("SELECT id, email, name, created_at FROM users").fetch_all(pool).await
}

pub async fn orders(pool: &PgPool) -> sqlx::Result<Vec<Order>> {
    sqlx::query_as::<_, Order>("SELECT id, total, payload FROM orders").fetch_all(pool).await
}

pub async fn pairs(pool: &PgPool) -> sqlx::Result<Vec<(i64, bool)>> {
    sqlx::query_as::<_, (i64, bool)>("SELECT id, email FROM users").fetch_all(pool).await // want type-mismatch "users.email"
}

pub async fn cast(pool: &PgPool) -> sqlx::Result<Vec<(i32, String)>> {
    sqlx::query_as::<_, (i32, String)>("SELECT id::int4, total::text FROM orders").fetch_all(pool).await
}
