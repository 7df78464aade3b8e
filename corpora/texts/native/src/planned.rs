use sqlx::PgPool;

fn find(table: &str) -> String {
    format!("SELECT nme FROM {table}") // want missing-column "users"
}

pub async fn run(pool: &PgPool) -> sqlx::Result<()> {
    let sql = find("users");
    sqlx::query(&sql).execute(pool).await?;
    Ok(())
}

use sql_builder::{SqlBuilder, SqlName};

pub async fn built(pool: &PgPool, since: i64) -> Result<Vec<(i64,)>, sqlx::Error> {
    let mut query = SqlBuilder::select_from(SqlName::new("orders").alias("o").baquoted());
    query.field("id");
    if since > 0 {
        query.and_where_ge("created_at", since);
    }
    let query = query.sql().expect("a table");
    sqlx::query_as(&query).fetch_all(pool).await
}

pub async fn swept(pool: &PgPool) -> Result<(), sqlx::Error> {
    let sweep = SqlBuilder::delete_from("orders").and_where("sent").sql().unwrap();
    sqlx::query(&sweep).execute(pool).await?;
    Ok(())
}

pub async fn joined(pool: &PgPool, name: Option<String>) -> sqlx::Result<()> {
    let mut parts = vec!["SELECT id FROM users".to_string()];
    if name.is_some() {
        parts.push("WHERE name = $1".to_string());
    }
    let sql = parts.join(" ");
    sqlx::query(&sql).bind(name).execute(pool).await?;
    let whole = ["SELECT nick", "FROM users"]; // want missing-column "nick"
    sqlx::query(&whole.join(" ")).execute(pool).await?;
    Ok(())
}
