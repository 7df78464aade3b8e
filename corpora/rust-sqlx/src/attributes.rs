//! What the attributes of a row say.

use sqlx::{types::Json, FromRow, PgPool};
use uuid::Uuid;

#[derive(sqlx::Type)]
#[sqlx(transparent)]
pub struct Cents(i32);

#[derive(sqlx::Type)]
#[sqlx(type_name = "order_state", rename_all = "lowercase")]
pub enum State {
    Open,
    Paid,
}

#[derive(FromRow)]
pub struct Contact {
    pub email: String,
    pub phone: Option<String>, // want missing-column "phone"
}

#[derive(FromRow)]
#[sqlx(rename_all = "camelCase")]
pub struct Account {
    pub id: Uuid,
    #[sqlx(flatten)]
    pub contact: Contact,
    #[sqlx(rename = "nickname")]
    pub shown_as: String, // want nullability-mismatch "users.nickname"
    #[sqlx(default)]
    pub visits: i64,
    #[sqlx(skip)]
    pub cart: Vec<String>,
    #[sqlx(json(nullable))]
    pub address: Option<Json<String>>, // the codec is its own
    pub last_seen: Option<i64>, // want missing-column "lastSeen"
}

#[derive(FromRow)]
pub struct Total {
    pub id: i64,
    pub total: Cents, // want type-mismatch "orders.total"
    pub status: State,
    #[sqlx(try_from = "i32")]
    pub user_id: u64, // want type-mismatch "orders.user_id"
}

#[derive(FromRow)]
pub struct Pair(i64, String); // want type-mismatch "orders.total"

#[derive(FromRow)]
#[sqlx(default)]
pub struct Sparse {
    pub id: Uuid,
    pub region: String,
}

#[cfg_attr(feature = "database", derive(sqlx::FromRow))]
pub struct Page<T> {
    pub id: i64,
    #[cfg_attr(feature = "database", sqlx(rename = "totl"))]
    pub sum: T, // want missing-column "totl"
}

pub async fn read(pool: &PgPool) -> sqlx::Result<()> {
    sqlx::query_as::<_, Account>("SELECT id, email, nickname, '{}'::jsonb AS address FROM users").fetch_all(pool).await?;
    sqlx::query_as::<_, Total>("SELECT id, total, status, user_id FROM orders").fetch_all(pool).await?;
    sqlx::query_as::<_, Pair>("SELECT id, total FROM orders").fetch_all(pool).await?;
    sqlx::query_as::<_, Sparse>("SELECT id FROM users").fetch_all(pool).await?;
    sqlx::query_as::<_, Page<i64>>("SELECT id, total FROM orders").fetch_all(pool).await?;
    Ok(())
}
