use sqlx::{PgPool, Postgres, QueryBuilder};
use uuid::Uuid;

#[derive(sqlx::FromRow)]
pub struct Card {
    pub id: Uuid,
    pub email: String,
    pub phone: String, // want missing-column "phone"
}

#[derive(sqlx::FromRow)]
pub struct Amount {
    pub total: i32, // want type-mismatch "orders.total"
}

pub async fn built(pool: &PgPool, users: &[Card], after: Option<i64>) -> sqlx::Result<()> {
    let mut insert = QueryBuilder::new("INSERT INTO users (id, emial) "); // want missing-column "emial"
    insert.push_values(users, |mut row, user| {
        let id = user.id;
        row.push_bind(id).push_bind(&user.email);
    });
    insert.push(" ON CONFLICT DO NOTHING");
    insert.build().execute(pool).await?;

    let mut short: QueryBuilder<'_, Postgres> = QueryBuilder::new("INSERT INTO users (id, email, nickname) "); // want column-count-mismatch "fewer values"
    short.push_values(users, |mut row, user| {
        row.push_bind(user.id).push_bind(&user.email);
    });
    short.build().execute(pool).await?;

    let mut find = sqlx::QueryBuilder::<Postgres>::new("SELECT id, status FROM orders WHERE user_id = ");
    find.push_bind(users[0].id).push(" AND totl > ").push_bind(5i64); // want missing-column "totl"
    if let Some(after) = after {
        find.push(" AND id > ").push_bind(after);
    }
    find.push(" ORDER BY id");
    find.build().fetch_all(pool).await?;

    let mut bound = QueryBuilder::<Postgres>::new("DELETE FROM carts WHERE id = $1"); // want missing-table "carts"
    bound.build().bind(1i64).execute(pool).await?;
    Ok(())
}

pub async fn silent(pool: &PgPool, ids: &[i64], columns: &mut Vec<String>) -> sqlx::Result<()> {
    let mut delete = QueryBuilder::<Postgres>::new("DELETE FROM orders WHERE id IN (");
    let mut list = delete.separated(", ");
    for id in ids {
        list.push_bind(id);
    }
    list.push_unseparated(")");
    delete.build().execute(pool).await?;

    let mut text = String::from("SELECT id FROM users WHERE email = $1");
    narrow(&mut text);
    sqlx::query(&text).bind("a").bind("b").fetch_all(pool).await?;

    let mut shown = String::from("SELECT id FROM users ORDER BY id");
    write!(shown, " LIMIT {}", columns.len()).unwrap();
    sqlx::query(&shown).fetch_all(pool).await?;
    Ok(())
}

/// The row is the type of what takes it.
pub async fn amounts(pool: &PgPool) -> sqlx::Result<Vec<Amount>> {
    sqlx::query_as("SELECT total FROM orders").fetch_all(pool).await
}

pub async fn inferred(pool: &PgPool, id: Uuid) -> anyhow::Result<Option<Card>> {
    let nickname: String = sqlx::query_scalar("SELECT nickname FROM users").fetch_one(pool).await?; // want nullability-mismatch "users.nickname"
    let maybe: Option<(i32,)> = sqlx::query_as("SELECT total FROM orders").fetch_optional(pool).await?; // want type-mismatch "orders.total"
    let first: (Option<String>, i64) = sqlx::query_as("SELECT u.nickname, o.total FROM users u JOIN orders o ON o.user_id = u.id")
        .fetch_optional(pool)
        .await?
        .unwrap();
    let count: i64 = sqlx::query_scalar("SELECT COUNT(*) FROM orders").fetch_one(pool).await.expect("a count");
    drop((nickname, maybe, first, count));
    Ok(sqlx::query_as("SELECT id, email FROM users WHERE id = $1").bind(id).fetch_optional(pool).await?)
}
