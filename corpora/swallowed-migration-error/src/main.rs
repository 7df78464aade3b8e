use sqlx::SqlitePool;

async fn prepare(pool: &SqlitePool) -> Result<(), sqlx::Error> {
    sqlx::query("CREATE TABLE IF NOT EXISTS shelves (id INTEGER PRIMARY KEY)").execute(pool).await?;
    let _ = sqlx::query("ALTER TABLE shelves ADD COLUMN room TEXT").execute(pool).await; // want swallowed-migration-error "column \"shelves.room\""
    sqlx::query("CREATE INDEX shelves_by_room ON shelves (room)").execute(pool).await.ok(); // want swallowed-migration-error "index"
    if let Err(error) = sqlx::query("ALTER TABLE shelves ADD COLUMN floor TEXT").execute(pool).await { // want swallowed-migration-error "\"duplicate column name\" are let pass"
        if !error.to_string().contains("duplicate column name") {
            return Err(error);
        }
    }
    Ok(())
}
