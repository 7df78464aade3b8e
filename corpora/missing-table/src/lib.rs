use sqlx::PgPool;

pub async fn broken(pool: &PgPool) -> sqlx::Result<()> {
    sqlx::query("SELECT id FROM order_lines").fetch_all(pool).await?; // want missing-table "order_lines"
    sqlx::query("SELECT id FROM usres").fetch_all(pool).await?; // want missing-table "did you mean \"users\""
    sqlx::query("SELECT id FROM carts").fetch_all(pool).await?; // want missing-table "renamed to \"baskets\""
    sqlx::query("DELETE FROM coupons").execute(pool).await?; // want missing-table "a migration drops it"
    sqlx::query("SELECT o.id, i.sku FROM orders o JOIN items i ON i.order_id = o.id").fetch_all(pool).await?; // want missing-table "items"
    sqlx::query("INSERT INTO audit.entries (body) VALUES ($1)").bind("{}").execute(pool).await?; // want missing-table "entries"
    Ok(())
}

/// Names that no migration creates and that are there all the same.
pub async fn silent(pool: &PgPool, table: &str) -> sqlx::Result<()> {
    sqlx::query("WITH recent AS (SELECT id, user_id FROM orders) SELECT r.id FROM recent r JOIN users u ON u.id = r.user_id")
        .fetch_all(pool)
        .await?;
    sqlx::query("SELECT relname FROM pg_catalog.pg_class").fetch_all(pool).await?;
    sqlx::query("SELECT table_name FROM information_schema.tables").fetch_all(pool).await?;
    sqlx::query("SELECT version FROM _sqlx_migrations").fetch_all(pool).await?;
    sqlx::query("SELECT id FROM big_orders").fetch_all(pool).await?;
    sqlx::query("SELECT n FROM generate_series(1, 10) AS n").fetch_all(pool).await?;
    sqlx::query("SELECT id, body FROM audit.events").fetch_all(pool).await?;
    sqlx::query("SELECT sku FROM warehouse_stock").fetch_all(pool).await?;
    sqlx::query("CREATE TEMP TABLE import_rows (email TEXT)").execute(pool).await?;
    sqlx::query("INSERT INTO import_rows (email) SELECT email FROM users").execute(pool).await?;
    sqlx::query(&format!("SELECT id FROM {table}")).fetch_all(pool).await?; // want unresolved-query "table"
    sqlx::query("SELECT key, value FROM jsonb_each($1::jsonb)").bind("{}").fetch_all(pool).await?;
    Ok(())
}

#[cfg(test)]
mod tests {
    const MESSAGE: &str = "SELECT nothing FROM a_message_for_people";

    #[test]
    fn text_is_no_query() {
        assert!(MESSAGE.contains("people"));
    }
}
