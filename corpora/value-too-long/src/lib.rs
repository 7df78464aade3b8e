use sqlx::PgPool;

pub async fn broken(pool: &PgPool) -> sqlx::Result<()> {
    sqlx::query("INSERT INTO users (name) VALUES ('administrator')").execute(pool).await?; // want value-too-long "users.name"
    sqlx::query("UPDATE users SET code = 'ABCD', land = 'DEU' WHERE id = 1").execute(pool).await?; // want value-too-long "users.code" value-too-long "users.land"
    sqlx::query("UPDATE users SET name = $1 WHERE id = 1").bind("somebody else").execute(pool).await?; // want value-too-long "users.name"
    Ok(())
}

/// Ten characters, blanks at the end, casts that cut, columns without a length, comparisons.
pub async fn silent(pool: &PgPool, name: &str) -> sqlx::Result<()> {
    sqlx::query("INSERT INTO users (name) VALUES ('ÄÖÜäöüßéèà')").execute(pool).await?;
    sqlx::query("INSERT INTO users (name) VALUES ('admin           ')").execute(pool).await?;
    sqlx::query("INSERT INTO users (name) VALUES ('administrator'::varchar(5))").execute(pool).await?;
    sqlx::query("UPDATE users SET bio = 'a long story about nothing', name = $1 WHERE name = 'administrator'").bind(name).execute(pool).await?;
    Ok(())
}
