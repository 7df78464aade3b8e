//! Types beyond numbers and texts.

use chrono::{DateTime, NaiveDate, NaiveDateTime, Utc};
use sqlx::{types::Json, PgPool};
use std::net::IpAddr;
use uuid::Uuid;

use crate::clock::Decimal;

#[derive(sqlx::FromRow)]
pub struct Parcel {
    pub id: Uuid,
    pub state: State,
    pub contact: String,
    pub score: i64,
    pub tags: Vec<String>,
    pub weights: Vec<i64>,
    pub labels: Json<Labels>,
    pub seen_from: IpAddr,
    pub held: sqlx::postgres::types::PgInterval,
    pub seal: Vec<u8>,
    pub due: NaiveDate,
    pub opened: NaiveDateTime,
    pub count: i16,
    pub ratio: f32,
    pub attempts: Decimal,
}

#[derive(sqlx::FromRow)]
pub struct Wrong {
    pub id: String, // want type-mismatch "parcels.id"
    pub state: String, // want type-mismatch "parcels.state"
    pub contact: i64, // want type-mismatch "parcels.contact"
    pub score: i32, // want type-mismatch "parcels.score"
    pub tags: Vec<i64>, // want type-mismatch "parcels.tags"
    pub weights: i64, // want type-mismatch "parcels.weights"
    pub labels: String, // want type-mismatch "parcels.labels"
    pub seen_from: String, // want type-mismatch "parcels.seen_from"
    pub held: i64, // want type-mismatch "parcels.held"
    pub seal: String, // want type-mismatch "parcels.seal"
    pub due: DateTime<Utc>, // want type-mismatch "parcels.due"
    pub opened: DateTime<Utc>, // want type-mismatch "parcels.opened"
    pub count: u16, // want type-mismatch "parcels.count"
    pub ratio: f64, // want type-mismatch "parcels.ratio"
    pub attempts: serde_json::Value, // want type-mismatch "parcels.attempts"
}

#[derive(sqlx::Type)]
#[sqlx(type_name = "parcel_state", rename_all = "lowercase")]
pub enum State {
    Packed,
    Sent,
}

pub struct Labels;

/// `.into()` stands behind every column that a macro reads.
pub struct Widened {
    pub count: i64,
    pub ratio: f64,
    pub attempts: i16, // want type-mismatch "parcels.attempts"
}

/// What an override names is decoded without a question.
pub struct Named {
    pub state: String,
    pub seen_from: IpAddr,
    pub score: Uuid, // want type-mismatch "parcels.score"
}

pub async fn parcels(pool: &PgPool) -> sqlx::Result<Vec<Parcel>> {
    sqlx::query_as::<_, Parcel>("SELECT * FROM parcels").fetch_all(pool).await
}

pub async fn wrong(pool: &PgPool) -> sqlx::Result<Vec<Wrong>> {
    sqlx::query_as::<_, Wrong>("SELECT * FROM parcels").fetch_all(pool).await
}

pub async fn widened(pool: &PgPool) -> sqlx::Result<Vec<Widened>> {
    sqlx::query_as!(Widened, "SELECT count, ratio, attempts FROM parcels").fetch_all(pool).await
}

pub async fn named(pool: &PgPool) -> sqlx::Result<Vec<Named>> {
    sqlx::query_as!(
        Named,
        r#"SELECT state AS "state: String", seen_from AS "seen_from: IpAddr", score AS "score: Uuid" FROM parcels"#
    )
    .fetch_all(pool)
    .await
}

pub async fn computed(pool: &PgPool) -> sqlx::Result<(i64, i64)> {
    let right: i64 = sqlx::query_scalar::<_, i64>("SELECT COUNT(*) FROM parcels").fetch_one(pool).await?;
    let wrong = sqlx::query_scalar::<_, i32>("SELECT COUNT(*) FROM parcels").fetch_one(pool).await?; // want type-mismatch "bigint"
    Ok((right, wrong as i64))
}

pub async fn write(pool: &PgPool, id: Uuid, contact: &str, at: DateTime<Utc>, attempts: i32, tags: Vec<String>) -> sqlx::Result<()> {
    // Every type becomes text where it is written to a text column, and none where it is compared with one.
    sqlx::query("UPDATE users SET name = $1 WHERE id = 1").bind(at).execute(pool).await?;
    sqlx::query("SELECT id FROM users WHERE name = $1").bind(at).execute(pool).await?; // want type-mismatch "users.name"
    sqlx::query("UPDATE parcels SET attempts = $1, contact = $2, tags = $3 WHERE id = $4").bind(attempts).bind(contact).bind(tags).bind(id).execute(pool).await?;
    sqlx::query("UPDATE parcels SET labels = $1 WHERE count = 1").bind(contact).execute(pool).await?; // want type-mismatch "parcels.labels"
    // The macro compares types exactly.
    sqlx::query!("UPDATE parcels SET score = $1 WHERE count = 1", attempts).execute(pool).await?; // want type-mismatch "parcels.score"
    sqlx::query!("UPDATE parcels SET contact = $1, attempts = $2 WHERE count = 1", contact, attempts).execute(pool).await?;
    sqlx::query!("DELETE FROM parcels WHERE id = ANY($1)", &[id] as &[Uuid]).execute(pool).await?;
    sqlx::query("DELETE FROM parcels WHERE attempts > '5' OR count = '-1' OR attempts = ' 7 '").execute(pool).await?;
    sqlx::query("DELETE FROM parcels WHERE attempts = 'many' OR due < 'today'").execute(pool).await?; // want type-mismatch "many"
    sqlx::query("INSERT INTO orders (user_id, total) VALUES ('first', '12.50')").execute(pool).await?; // want type-mismatch "first"
    Ok(())
}

/// What is spliced into a quoted constant nobody knows.
pub async fn spliced(pool: &PgPool, id: &str) -> sqlx::Result<()> {
    sqlx::query(&format!("DELETE FROM parcels WHERE id = '{}' AND attempts = '{}'", id, id.len())).execute(pool).await?;
    Ok(())
}
