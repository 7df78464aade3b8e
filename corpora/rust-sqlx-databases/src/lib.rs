//! Users are ours; stock and prices are tables of the warehouse's own database, of which the tests build what they need.

mod prices;

use sqlx::PgPool;

pub async fn users(pool: &PgPool, warehouse: &PgPool) -> sqlx::Result<()> {
    sqlx::query("SELECT id, emial FROM users").fetch_all(pool).await?; // want missing-column "emial"
    sqlx::query("SELECT id FROM usrs").fetch_all(pool).await?; // want missing-table "usrs"
    sqlx::query("SELECT sku, amount FROM stock_levels").fetch_all(warehouse).await?;
    Ok(())
}
