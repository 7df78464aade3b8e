use sqlx::PgPool;

mod values;

use values::{Channel, Kind, Payment, Size, Step, Theme};

#[derive(Debug, Clone, sqlx::Type)]
#[sqlx(type_name = "order_state", rename_all = "snake_case")]
pub enum OrderState { // want enum-drift "lacks \"paid\", which the database takes"
    Draft,
    Sent,
}

#[derive(sqlx::FromRow)]
pub struct Order {
    pub id: i64,
    pub state: OrderState,
    pub channel: Channel,
}

#[derive(sqlx::FromRow)]
pub struct Account {
    pub id: i64,
    pub level: Level,
    pub theme: Theme,
}

#[derive(sqlx::Type)]
#[repr(i32)]
pub enum Level {
    Low = 1,
    Middle,
    High,
}

// The states that a customer may ask for: the query chooses the rows.
#[derive(sqlx::Type)]
#[sqlx(type_name = "order_state", rename_all = "lowercase")]
pub enum Open {
    Draft,
    Sent,
}

#[derive(sqlx::FromRow)]
pub struct OpenOrder {
    pub id: i64,
    pub state: Open,
}

pub async fn orders(pool: &PgPool) -> sqlx::Result<Vec<Order>> {
    sqlx::query_as::<_, Order>("SELECT id, state, channel FROM orders").fetch_all(pool).await
}

pub async fn accounts(pool: &PgPool) -> sqlx::Result<Vec<Account>> {
    sqlx::query_as::<_, Account>("SELECT id, level, theme FROM users").fetch_all(pool).await
}

pub async fn open(pool: &PgPool) -> sqlx::Result<Vec<OpenOrder>> {
    sqlx::query_as::<_, OpenOrder>("SELECT id, state FROM orders WHERE state <> 'paid'").fetch_all(pool).await
}

pub async fn pay(pool: &PgPool, id: i64, payment: Payment, kind: Kind, size: Size) -> sqlx::Result<()> {
    sqlx::query("UPDATE orders SET payment = $1, kind = $2, size = $3 WHERE id = $4")
        .bind(payment.as_str())
        .bind(kind.as_str())
        .bind(size.as_str())
        .bind(id)
        .execute(pool)
        .await?;
    Ok(())
}

pub async fn step(pool: &PgPool, id: i64, step: Step) -> sqlx::Result<()> {
    sqlx::query!("UPDATE orders SET state = $1 WHERE id = $2", step as Step, id).execute(pool).await?;
    sqlx::query!("UPDATE orders SET channel = $1 WHERE id = $2", Channel::Shop as Channel, id).execute(pool).await?;
    Ok(())
}
