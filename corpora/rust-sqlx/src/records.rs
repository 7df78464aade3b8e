//! Records of checked queries, and single values: what takes them says their type.

use futures::TryStreamExt;
use sqlx::PgPool;
use uuid::Uuid;

pub struct OrderId(i32);

pub struct Order {
    pub id: i64,
    pub buyer: Uuid,
    pub total: i32,
    pub note: Option<String>,
}

pub struct Buyer {
    pub id: Uuid,
    pub nickname: String,
}

pub struct Line {
    pub order: OrderId,
}

impl Order {
    pub async fn load(pool: &PgPool) -> sqlx::Result<Vec<Order>> {
        sqlx::query!("SELECT id, user_id, total, status FROM orders")
            .fetch(pool)
            .map_ok(|row| Order {
                id: row.id,
                buyer: row.user_id,
                total: row.total, // want type-mismatch "orders.total"
                note: Some(row.status.to_string()),
            })
            .try_collect()
            .await
    }

    pub async fn save(&self, pool: &PgPool, lines: &[Line]) -> sqlx::Result<()> {
        sqlx::query!("UPDATE orders SET user_id = $1 WHERE total = $2", self.id, self.total).execute(pool).await?; // want type-mismatch "orders.user_id" type-mismatch "orders.total"
        sqlx::query!("UPDATE orders SET user_id = $1 WHERE id = $2", self.id as Uuid, (self.total as i64)).execute(pool).await?;
        for line in lines {
            let id = &line.order.0;
            drop(sqlx::query!("SELECT total FROM orders WHERE user_id = $1", id)); // want type-mismatch "orders.user_id" n-plus-one "orders"
        }
        if let Some(note) = &self.note {
            sqlx::query!("UPDATE orders SET id = $1 WHERE total > 0", note).execute(pool).await?; // want type-mismatch "orders.id"
        }
        let size = measured(self)?;
        sqlx::query("SELECT id FROM users WHERE email = $1").bind(size).fetch_all(pool).await?; // want type-mismatch "users.email"
        sqlx::query("SELECT id FROM users WHERE email = $1").bind(converted(size)).fetch_all(pool).await?;
        Ok(())
    }
}

fn measured(order: &Order) -> sqlx::Result<i64> {
    Ok(order.id)
}

fn converted<T: From<i64>>(size: i64) -> T {
    T::from(size)
}

fn greet(name: &str) -> usize {
    name.len()
}

pub async fn handed_on(pool: &PgPool, id: Uuid) -> anyhow::Result<i32> {
    let user = sqlx::query!("SELECT id, email, nickname FROM users WHERE id = $1", id).fetch_one(pool).await?;
    let length = user.nickname.len(); // want nullability-mismatch "users.nickname"
    let shown = greet(&user.email);
    let known: i64 = user.id; // want type-mismatch "users.id"
    let order = sqlx::query!("SELECT id, total FROM orders").fetch_one(pool).await?;
    let order_id = order.id; // want type-mismatch "orders.id"
    let line = Line { order: OrderId(order_id) };
    let first = sqlx::query_scalar!("SELECT total FROM orders").fetch_one(pool).await?; // want type-mismatch "orders.total"
    drop((length, shown, known, line));
    Ok(first)
}

/// Conversions, defaults and other uses say nothing of the type.
pub async fn silent(pool: &PgPool, id: Uuid) -> anyhow::Result<Option<Buyer>> {
    let user = sqlx::query!("SELECT id, email, nickname FROM users WHERE id = $1", id).fetch_optional(pool).await?;
    let Some(user) = user else { return Ok(None) };
    let total: i32 = sqlx::query!("SELECT total FROM orders").fetch_one(pool).await?.total.try_into()?;
    let counted = sqlx::query_scalar!("SELECT total FROM orders").fetch_one(pool).await? as usize;
    let rows = sqlx::query!("SELECT id, total FROM orders").fetch_all(pool).await?;
    let largest = rows.iter().map(|row| row.total).max().unwrap_or_default();
    drop((total, counted, largest));
    Ok(Some(Buyer { id: user.id, nickname: user.nickname.unwrap_or_default() }))
}

/// A stream of results is collected to one result of a list.
pub async fn owed(pool: &PgPool) -> sqlx::Result<(Vec<i64>, Vec<i32>)> {
    let totals: Vec<i64> = sqlx::query!("SELECT total FROM orders").fetch(pool).map_ok(|row| row.total).try_collect().await?;
    let narrow: Vec<i32> = sqlx::query!("SELECT total FROM orders WHERE id > 1").fetch(pool).map_ok(|row| row.total).try_collect().await?; // want type-mismatch "orders.total"
    Ok((totals, narrow))
}

pub struct Visit {
    pub timestamp: Uuid,
    pub len: Uuid,
}

/// A field that is called like a method is the field.
pub async fn visited(pool: &PgPool, visit: &Visit) -> sqlx::Result<()> {
    sqlx::query("UPDATE orders SET user_id = $1 WHERE user_id = $2").bind(visit.timestamp).bind(visit.len).execute(pool).await?;
    Ok(())
}
