use sqlx::PgPool;

fn find(table: &str) -> String {
    format!("SELECT nme FROM {table}") // want missing-column "users"
}

pub async fn run(pool: &PgPool) -> sqlx::Result<()> {
    let sql = find("users");
    sqlx::query(&sql).execute(pool).await?;
    Ok(())
}
