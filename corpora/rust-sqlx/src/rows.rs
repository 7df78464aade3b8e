use sqlx::{postgres::PgRow, FromRow, PgPool, Row};
use uuid::Uuid;

pub struct UserId(Uuid);
pub struct Email(String);

impl AsRef<str> for Email {
    fn as_ref(&self) -> &str {
        &self.0
    }
}

pub struct NewUser {
    pub id: Uuid,
    pub email: Email,
    pub nickname: Option<String>,
}

/// Read by hand: its fields say nothing of the columns.
pub struct Summary {
    pub id: i32,
    pub title: String,
}

impl FromRow<'_, PgRow> for Summary {
    fn from_row(row: &PgRow) -> sqlx::Result<Self> {
        Ok(Summary { id: row.try_get::<i64, _>("id")? as i32, // want type-mismatch "users.id"
            title: row.try_get("nickname").unwrap_or_default() })
    }
}

pub async fn values(pool: &PgPool, user: &NewUser, total: i64, id: UserId) -> sqlx::Result<()> {
    sqlx::query!("SELECT id FROM orders WHERE user_id = $1", user.id).fetch_all(pool).await?;
    sqlx::query!("SELECT id FROM orders WHERE total = $1", user.email.as_ref()).fetch_all(pool).await?; // want type-mismatch "orders.total"
    sqlx::query("SELECT id FROM users WHERE id = $1").bind(&user.nickname).fetch_all(pool).await?; // want type-mismatch "users.id"
    sqlx::query("SELECT id FROM users WHERE email = $1").bind(total).fetch_all(pool).await?; // want type-mismatch "users.email"
    sqlx::query("SELECT id FROM users WHERE email = $1").bind(user.email.as_ref()).fetch_all(pool).await?;
    sqlx::query("SELECT id FROM users WHERE id = $1").bind(id).fetch_all(pool).await?;
    sqlx::query("SELECT id FROM orders WHERE total = $1::text::bigint").bind("5").fetch_all(pool).await?;
    sqlx::query("SELECT id FROM orders WHERE status = $1").bind("open").fetch_all(pool).await?; // want type-mismatch "orders.status"
    Ok(())
}

pub async fn by_hand(pool: &PgPool) -> sqlx::Result<Vec<Summary>> {
    sqlx::query_as::<_, Summary>("SELECT id, nickname FROM users").fetch_all(pool).await
}

#[cfg(test)]
mod tests {
    use super::*;

    #[sqlx::test]
    async fn the_schema_as_it_was(pool: PgPool) {
        sqlx::query("SELECT legacy_code FROM users").fetch_all(&pool).await.unwrap();
        sqlx::query("SELECT id FROM a_table_of_this_test").fetch_all(&pool).await.unwrap();
    }
}
