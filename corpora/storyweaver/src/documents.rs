use sqlx::SqlitePool;

#[derive(sqlx::FromRow)]
pub struct Document {
    pub id: String,
    pub title: String,
    pub content: String, // want nullability-mismatch "documents.content"
    pub order_index: i64,
}

const COLUMNS: &str = "id, title, content, order_index";

pub async fn outline(pool: &SqlitePool, project: &str) -> sqlx::Result<Vec<Document>> {
    sqlx::query_as::<_, Document>(&format!(
        "SELECT {COLUMNS} FROM documents WHERE project_id = ? ORDER BY order_index"
    ))
    .bind(project)
    .fetch_all(pool)
    .await
}

pub async fn links_of(pool: &SqlitePool, document: &str) -> sqlx::Result<i64> {
    sqlx::query_scalar("SELECT COUNT(*) FROM document_links WHERE from_id = ?") // want missing-table "document_links"
        .bind(document)
        .fetch_one(pool)
        .await
}

pub async fn titles(pool: &SqlitePool, ids: &[String]) -> sqlx::Result<Vec<String>> {
    let mut titles = Vec::new();
    for id in ids {
        let title: String = sqlx::query_scalar("SELECT title FROM documents WHERE id = ?") // want n-plus-one "documents"
            .bind(id)
            .fetch_one(pool)
            .await?;
        titles.push(title);
    }
    Ok(titles)
}
