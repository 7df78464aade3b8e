#[sqlx::test]
async fn stock(pool: sqlx::PgPool) {
    sqlx::query("CREATE TABLE stock_levels (sku TEXT NOT NULL, amount BIGINT NOT NULL)").execute(&pool).await.unwrap();
}
