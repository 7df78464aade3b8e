use sqlx::SqlitePool;

pub async fn rename(pool: &SqlitePool, id: &str, name: &str) -> sqlx::Result<()> {
    sqlx::query("UPDATE characters SET name = ?, updated_at = CURRENT_TIMESTAMP WHERE id = ?") // want missing-column "updated_at"
        .bind(name)
        .bind(id)
        .execute(pool)
        .await?;
    Ok(())
}

pub async fn backstory(pool: &SqlitePool, id: &str) -> sqlx::Result<Option<String>> {
    sqlx::query_scalar("SELECT biography FROM characters WHERE id = ?") // want missing-column "renamed to \"backstory\""
        .bind(id)
        .fetch_one(pool)
        .await
}

pub async fn cast_of(pool: &SqlitePool, project: &str) -> sqlx::Result<Vec<(String, String)>> {
    sqlx::query_as::<_, (String, String)>(
        r#"
        SELECT c.name, p.name
        FROM characters c
        JOIN projects p ON p.id = c.project_id
        WHERE p.id = ?1
        "#,
    )
    .bind(project)
    .fetch_all(pool)
    .await
}
