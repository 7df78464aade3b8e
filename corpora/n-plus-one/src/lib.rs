use futures::future::join_all;
use sqlx::PgPool;

pub struct Order {
    pub id: i64,
    pub user_id: i64,
}

pub async fn broken(pool: &PgPool, orders: &[Order]) -> sqlx::Result<()> {
    for order in orders {
        sqlx::query("SELECT email FROM users WHERE id = $1").bind(order.user_id).fetch_one(pool).await?; // want n-plus-one "users"
    }
    for order in orders {
        let user = order.user_id;
        sqlx::query!("SELECT email FROM users WHERE id = $1", user).fetch_one(pool).await?; // want n-plus-one "users"
    }
    join_all(orders.iter().map(|order| async move {
        sqlx::query("SELECT note FROM orders WHERE id = $1").bind(order.id).fetch_one(pool).await // want n-plus-one "orders"
    }))
    .await;
    Ok(())
}

/// Loops that are short, or fetch many rows a turn, or do not choose the row.
pub async fn silent(pool: &PgPool, ids: Vec<i64>) -> sqlx::Result<()> {
    for kind in ["open", "paid"] {
        sqlx::query("SELECT id FROM orders WHERE note = $1").bind(kind).fetch_all(pool).await?;
    }
    for chunk in ids.chunks(500) {
        sqlx::query("SELECT id FROM orders WHERE id = ANY($1)").bind(chunk).fetch_all(pool).await?;
    }
    for attempt in 0..3 {
        let _ = attempt;
        sqlx::query("SELECT id FROM orders WHERE total > 10").fetch_all(pool).await?;
    }
    for row in sqlx::query("SELECT id FROM orders").fetch_all(pool).await? {
        let _ = row;
    }
    for id in &ids {
        sqlx::query("UPDATE orders SET note = NULL WHERE id = $1").bind(id).execute(pool).await?; // want write-in-loop
    }
    Ok(())
}
