//! Keys are numbers in the database and texts in the code.

use chrono::NaiveDateTime;
use sqlx::SqlitePool;

#[derive(sqlx::FromRow)]
pub struct Shelf {
    pub id: String, // want type-mismatch "shelves.id"
    pub name: String,
    pub parent_id: Option<String>, // want type-mismatch "shelves.parent_id"
    pub labels: String, // want type-mismatch "column \"labels\""
    pub created_at: NaiveDateTime,
}

#[derive(sqlx::FromRow)]
pub struct Measured {
    pub id: i32,
    pub width: f64,
    pub open: bool,
    pub created_at: String,
    pub price: String, // want type-mismatch "shelves.price"
    pub position: f64, // want type-mismatch "labels.position"
}

pub struct LinkedLabel {
    pub id: String,
    pub shelf_id: String, // want type-mismatch "labels.shelf_id"
    pub position: i64,
}

pub struct Label {
    pub id: String,
    pub content: String,
    pub updated_at: Option<NaiveDateTime>,
}

#[derive(sqlx::FromRow)]
pub struct Text {
    pub content: String, // want nullability-mismatch "labels.content"
    #[sqlx(default)]
    pub updated_at: NaiveDateTime, // want nullability-mismatch "labels.updated_at"
}

pub async fn shelves(pool: &SqlitePool) -> sqlx::Result<Vec<Shelf>> {
    sqlx::query_as::<_, Shelf>(
        "SELECT s.id, s.name, s.parent_id, s.created_at, COUNT(l.id) AS labels
         FROM shelves s LEFT JOIN labels l ON l.shelf_id = s.id GROUP BY s.id",
    )
    .fetch_all(pool)
    .await
}

/// The same with the keys cast to text.
pub async fn cast(pool: &SqlitePool) -> sqlx::Result<Vec<(String, Option<String>)>> {
    sqlx::query_as::<_, (String, Option<String>)>("SELECT CAST(id AS TEXT), CAST(parent_id AS TEXT) FROM shelves")
        .fetch_all(pool)
        .await
}

pub async fn measured(pool: &SqlitePool) -> sqlx::Result<Vec<Measured>> {
    sqlx::query_as::<_, Measured>(
        "SELECT s.id, s.width, s.open, s.created_at, s.price, l.position FROM shelves s JOIN labels l ON l.shelf_id = s.id",
    )
    .fetch_all(pool)
    .await
}

pub async fn linked(pool: &SqlitePool, shelf: i64) -> sqlx::Result<Vec<LinkedLabel>> {
    sqlx::query_as!(LinkedLabel, "SELECT id, shelf_id, position FROM labels WHERE shelf_id = ?", shelf).fetch_all(pool).await
}

/// A record of the macro whose parts a struct takes.
pub async fn label(pool: &SqlitePool, id: &str) -> sqlx::Result<Label> {
    let label = sqlx::query!("SELECT id, content, updated_at FROM labels WHERE id = ?", id).fetch_one(pool).await?;
    Ok(Label {
        id: label.id,
        content: label.content, // want nullability-mismatch "labels.content"
        updated_at: label.updated_at,
    })
}

pub async fn texts(pool: &SqlitePool) -> sqlx::Result<Vec<Text>> {
    sqlx::query_as::<_, Text>("SELECT content, updated_at FROM labels").fetch_all(pool).await
}
