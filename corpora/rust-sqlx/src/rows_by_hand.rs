//! Rows that are read column by column.

use sqlx::postgres::PgRow;
use sqlx::{FromRow, PgPool, Row};
use uuid::Uuid;

pub struct Customer {
    pub id: Uuid,
    pub email: String,
    pub nickname: Option<String>,
}

impl FromRow<'_, PgRow> for Customer {
    fn from_row(row: &PgRow) -> sqlx::Result<Self> {
        let id = row.try_get("id")?;
        Ok(Self {
            id,
            email: row.try_get("mail")?, // want missing-column "mail"
            nickname: row.try_get("nickname").ok(),
        })
    }
}

fn customer(row: &PgRow) -> Customer {
    Customer {
        id: row.get("id"),
        email: row.get("nickname"), // want nullability-mismatch "users.nickname"
        nickname: None,
    }
}

pub async fn broken(pool: &PgPool) -> anyhow::Result<()> {
    let row = sqlx::query("SELECT id, total FROM orders").fetch_one(pool).await?;
    let id: i64 = row.get("id");
    let total = row.get::<i32, _>("total"); // want type-mismatch "orders.total"
    let status: String = row.try_get("status")?; // want missing-column "does not select"
    let third: i64 = row.get(2); // want column-count-mismatch "column 2"
    let rows = sqlx::query("SELECT id, nickname FROM users").fetch_all(pool).await?;
    for (place, row) in rows.iter().enumerate() {
        let nickname: String = row.get(1); // want nullability-mismatch "users.nickname"
        let key = row.get::<i64, _>(0); // want type-mismatch "users.id"
        drop((place, nickname, key));
    }
    let names = rows.iter().map(|row| row.get::<String, _>("nickname")).collect::<Vec<_>>(); // want nullability-mismatch "users.nickname"
    let customers: Vec<Customer> = rows_of(pool).await?.iter().map(customer).collect();
    let mut stream = sqlx::query("SELECT id FROM users").fetch(pool);
    while let Some(row) = stream.try_next().await? {
        println!("{}", row.get::<Uuid, _>("uid")); // want missing-column "uid"
    }
    let mapped: Vec<(Uuid, i64)> = sqlx::query("SELECT id, email FROM users")
        .map(|row: PgRow| (row.get(0), row.get(1))) // want type-mismatch "users.email"
        .fetch_all(pool)
        .await?;
    sqlx::query_as::<_, Customer>("SELECT id, email, nickname FROM users").fetch_all(pool).await?;
    let one = sqlx::query("SELECT id, nickname FROM users").fetch_one(pool).await.map(|row| customer(&row))?;
    drop((id, total, status, third, names, customers, mapped, one));
    Ok(())
}

async fn rows_of(pool: &PgPool) -> sqlx::Result<Vec<PgRow>> {
    sqlx::query("SELECT id, email FROM users").fetch_all(pool).await
}

/// A shadowed name, a vector's own `get`, a map, what is asked for and may lack, and a column nobody here can name.
pub async fn silent(pool: &PgPool, wide: bool, column: &str) -> anyhow::Result<()> {
    let rows = sqlx::query("SELECT id, email, nickname FROM users").fetch_all(pool).await?;
    let first = rows.get(7);
    let row = std::collections::HashMap::from([("region", 1)]);
    let region = row.get("region");
    for row in &rows {
        let email: String = row.get("email");
        let mail: Option<String> = row.try_get("mail").ok();
        let phone = row.try_get::<String, _>("phone").unwrap_or_default();
        let any: String = row.get(column);
        let raw = row.try_get_raw("id")?;
        let nickname: String = row.get::<Option<String>, _>("nickname").unwrap_or_default();
        let name = row.get::<Option<String>, _>(2).unwrap_or(email);
        if wide {
            drop(row.get::<String, _>("address"));
        }
        drop((mail, phone, any, raw, nickname, name));
    }
    let sql = match wide {
        true => {
            let sql = format!("SELECT {} FROM users", "id");
            let row = sqlx::query(&sql).fetch_one(pool).await?;
            drop(row.get::<Uuid, _>(0));
            "SELECT id, email FROM users"
        }
        false => "SELECT id, nickname FROM users",
    };
    let row = sqlx::query(sql).fetch_one(pool).await?;
    drop((first, region, row.get::<Uuid, _>(0), row.get::<Option<String>, _>(1)));
    Ok(())
}
