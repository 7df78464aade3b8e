use sqlx::SqlitePool;

pub struct NewImage<'a> {
    pub id: &'a str,
    pub project: &'a str,
    pub prompt: &'a str,
    pub path: &'a str,
    pub seed: i64,
}

pub async fn store(pool: &SqlitePool, image: NewImage<'_>) -> sqlx::Result<()> {
    sqlx::query(
        "INSERT INTO generated_images \
           (id, project_id, prompt, image_path, seed) \
         VALUES (?, ?, ?, ?, ?)",
    )
    .bind(image.id)
    .bind(image.project)
    .bind(image.prompt)
    .bind(image.path)
    .bind(image.seed)
    .execute(pool)
    .await?;
    Ok(())
}

pub async fn forget(pool: &SqlitePool, id: &str, project: &str) -> sqlx::Result<()> {
    sqlx::query("DELETE FROM generated_images WHERE id = ? AND project_id = ?") // want placeholder-mismatch "placeholder 2"
        .bind(id)
        .execute(pool)
        .await?;
    let _ = project;
    Ok(())
}
