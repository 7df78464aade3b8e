use sqlx::PgPool;

pub async fn broken(pool: &PgPool, email: &str) -> sqlx::Result<()> {
    sqlx::query("INSERT INTO users (email, name) VALUES ($1, $2)").bind(email).bind("Ada").execute(pool).await?; // want missing-required-column "\"locale\""
    sqlx::query("INSERT INTO users (email, locale) VALUES ($1, 'en') ON CONFLICT (email) DO UPDATE SET locale = 'en'") // want missing-required-column "\"name\""
        .bind(email)
        .execute(pool)
        .await?;
    sqlx::query("INSERT INTO orders (user_id) SELECT id FROM users WHERE email = $1").bind(email).execute(pool).await?; // want missing-required-column "\"total\""
    sqlx::query("INSERT INTO orders (user_id, total) VALUES (1, NULL)").execute(pool).await?; // want missing-required-column "NULL is written to column \"orders.total\""
    sqlx::query("INSERT INTO orders (user_id, total) VALUES (1, DEFAULT)").execute(pool).await?; // want missing-required-column "DEFAULT is written"
    sqlx::query("UPDATE users SET nick = NULL, name = NULL WHERE email = $1").bind(email).execute(pool).await?; // want missing-required-column "users.name"
    sqlx::query("INSERT INTO orders DEFAULT VALUES").execute(pool).await?; // want missing-required-column "\"user_id\"" missing-required-column "\"total\""
    sqlx::query("WITH made AS (INSERT INTO orders (total) VALUES (1) RETURNING id) SELECT id FROM made").execute(pool).await?; // want missing-required-column "\"user_id\""
    Ok(())
}

/// Everything else has a default, is generated, may be NULL, or is filled by a trigger.
pub async fn silent(pool: &PgPool, email: &str, columns: &str, more: &str) -> sqlx::Result<()> {
    sqlx::query("INSERT INTO users (email, name, locale) VALUES ($1, 'Ada', 'en')").bind(email).execute(pool).await?;
    sqlx::query("INSERT INTO orders (user_id, total, status) VALUES (1, 2.5, DEFAULT)").execute(pool).await?;
    sqlx::query("INSERT INTO audits (subject) VALUES ($1)").bind(email).execute(pool).await?;
    sqlx::query("INSERT INTO imports SELECT * FROM imports").execute(pool).await?;
    sqlx::query("INSERT INTO imports VALUES (1, 'a', 'b')").execute(pool).await?;
    sqlx::query("UPDATE orders SET total = NULLIF($1, 0) WHERE id = 1").bind(2.5).execute(pool).await?;
    sqlx::query(&format!("INSERT INTO imports (source, {columns}) VALUES ($1, $2)")).execute(pool).await?;
    sqlx::query(&format!("INSERT INTO imports (source{more}) VALUES ($1)")).execute(pool).await?;
    sqlx::query("INSERT INTO visits (day, path) VALUES (current_date, $1)").bind(email).execute(pool).await?;
    sqlx::query("INSERT INTO loading (source) VALUES ('a')").execute(pool).await?; // want missing-table
    Ok(())
}

#[cfg(test)]
mod tests {
    /// A test may want the refusal.
    #[sqlx::test]
    async fn refuses(pool: sqlx::PgPool) {
        let made = sqlx::query("INSERT INTO imports (source) VALUES ('a')").execute(&pool).await; // want missing-required-column "\"batch\""
        assert!(made.is_err());
    }
}
