#[sqlx::test]
async fn empties(pool: sqlx::SqlitePool) {
    sqlx::query("DELETE FROM orders").execute(&pool).await.unwrap();
}
