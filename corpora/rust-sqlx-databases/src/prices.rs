use sqlx::PgPool;

pub async fn prices(warehouse: &PgPool) -> sqlx::Result<()> {
    sqlx::query("SELECT sku, price FROM price_lists").fetch_all(warehouse).await?; // want unresolved-query
    Ok(())
}
