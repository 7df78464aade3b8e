mod queries;
#[path = "sql/stock.rs"]
mod stock;

use queries::users::{FIND, Sql};
use crate::queries::*;
use crate::stock::LEVELS;

async fn run(pool: &sqlx::SqlitePool) -> sqlx::Result<()> {
    sqlx::query(FIND).bind(1).fetch_all(pool).await?;
    sqlx::query(LIST).fetch_all(pool).await?;
    sqlx::query(queries::users::ALL).fetch_all(pool).await?;
    sqlx::query(Sql::NAMES).fetch_all(pool).await?;
    sqlx::query(include_str!("../sql/report.sql")).fetch_all(pool).await?;
    sqlx::query(LEVELS).fetch_all(pool).await?;
    sqlx::query(stock::PLACES).fetch_all(pool).await?;
    Ok(())
}
