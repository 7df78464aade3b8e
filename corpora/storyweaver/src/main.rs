mod characters;
mod documents;
mod images;

#[tokio::main]
async fn main() -> anyhow::Result<()> {
    let pool = sqlx::SqlitePool::connect("sqlite:storyweaver.db").await?;
    sqlx::migrate!("./migrations").run(&pool).await?;
    documents::outline(&pool, "p1").await?;
    Ok(())
}
