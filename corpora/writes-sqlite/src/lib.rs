use sqlx::SqlitePool;

pub async fn broken(pool: &SqlitePool) -> sqlx::Result<()> {
    sqlx::query("INSERT INTO users (id, role) VALUES (1, 'admin')").execute(pool).await?; // want missing-required-column "\"email\""
    sqlx::query("INSERT OR REPLACE INTO users (id, role) VALUES (1, 'admin')").execute(pool).await?; // want missing-required-column "\"email\""
    sqlx::query("INSERT INTO users (id, email) VALUES (1, NULL)").execute(pool).await?; // want missing-required-column "users.email"
    sqlx::query("INSERT INTO settings (value) VALUES ('dark')").execute(pool).await?; // want missing-required-column "\"key\""
    sqlx::query("UPDATE users SET key = 'x' WHERE id = 1").execute(pool).await?; // want generated-column-write "users.key"
    sqlx::query("INSERT INTO members (email) VALUES ('a')").execute(pool).await?; // want generated-column-write "\"members\" is a view"
    sqlx::query("INSERT INTO users (email, role) VALUES ('a', 'owner')").execute(pool).await?; // want check-violation "'owner'"
    sqlx::query("INSERT INTO users (email, active) VALUES ('a', 2)").execute(pool).await?; // want check-violation "2 is written"
    sqlx::query("INSERT INTO carts (id, owner) VALUES ('a', 'user') ON CONFLICT (owner) DO NOTHING").execute(pool).await?; // want upsert-without-unique "(owner)"
    Ok(())
}

/// The rowid numbers itself, OR IGNORE leaves the row out, REPLACE knows the default, a trigger takes what a view is given.
pub async fn silent(pool: &SqlitePool) -> sqlx::Result<()> {
    sqlx::query("INSERT INTO users (id, email) VALUES (NULL, 'a')").execute(pool).await?;
    sqlx::query("INSERT INTO users (email) VALUES ('a') ON CONFLICT (email) DO UPDATE SET active = 1").execute(pool).await?;
    sqlx::query("INSERT INTO users (id, email) VALUES (1, 'a') ON CONFLICT (id) DO NOTHING").execute(pool).await?;
    sqlx::query("INSERT OR IGNORE INTO users (id) VALUES (1)").execute(pool).await?;
    sqlx::query("INSERT OR REPLACE INTO users (email, role) VALUES ('a', NULL)").execute(pool).await?;
    sqlx::query("INSERT INTO users (email, active, name) VALUES ('a', true, 'longer than five')").execute(pool).await?;
    sqlx::query("INSERT INTO settings (key, value) VALUES ('a', 'b') ON CONFLICT (key) DO UPDATE SET value = 'b'").execute(pool).await?;
    sqlx::query("INSERT INTO carts (owner) VALUES ('GUEST')").execute(pool).await?;
    sqlx::query("INSERT INTO guests (id) VALUES ('a')").execute(pool).await?;
    Ok(())
}

/// The file makes a table of the name in its own database; elsewhere it is a view.
pub async fn archive(pool: &SqlitePool) -> sqlx::Result<()> {
    sqlx::query("CREATE TABLE archived (id INTEGER, email TEXT)").execute(pool).await?;
    sqlx::query("INSERT INTO archived (email) VALUES ('a')").execute(pool).await?;
    Ok(())
}

/// Start-up code may have loosened the column already.
pub async fn fill(pool: &SqlitePool) -> sqlx::Result<()> {
    sqlx::query("CREATE TRIGGER IF NOT EXISTS carts_made AFTER INSERT ON carts BEGIN UPDATE carts SET owner = 'user'; END").execute(pool).await?;
    sqlx::query("INSERT INTO carts (owner) VALUES (NULL)").execute(pool).await?;
    Ok(())
}
