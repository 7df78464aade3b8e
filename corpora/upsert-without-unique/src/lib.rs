use sqlx::PgPool;

pub async fn broken(pool: &PgPool, email: &str) -> sqlx::Result<()> {
    sqlx::query("INSERT INTO users (email, name, tenant) VALUES ($1, 'Ada', 1) ON CONFLICT (email) DO NOTHING").bind(email).execute(pool).await?; // want upsert-without-unique "(email)"
    sqlx::query("INSERT INTO users (email, name, tenant) VALUES ($1, 'Ada', 1) ON CONFLICT (tenant) DO UPDATE SET name = excluded.name").bind(email).execute(pool).await?; // want upsert-without-unique "(tenant)"
    sqlx::query("INSERT INTO users (email, name, tenant) VALUES ($1, 'Ada', 1) ON CONFLICT (tenant, name, email) DO NOTHING").bind(email).execute(pool).await?; // want upsert-without-unique "(tenant, name, email)"
    sqlx::query("INSERT INTO users (email, name, tenant) VALUES ($1, 'Ada', 1) ON CONFLICT ON CONSTRAINT users_email_key DO NOTHING").bind(email).execute(pool).await?; // want upsert-without-unique "users_email_key"
    sqlx::query("INSERT INTO tags (label) VALUES ('new') ON CONFLICT (label) DO NOTHING").execute(pool).await?; // want upsert-without-unique "(label)"
    sqlx::query("INSERT INTO visits (day, path) SELECT current_date, '/' ON CONFLICT (day, path) DO UPDATE SET count = visits.count + 1").execute(pool).await?; // want upsert-without-unique "(day, path)"
    Ok(())
}

/// The key is there, in another order or with its predicate; or any key will do; or nobody knows what the expression gives.
pub async fn silent(pool: &PgPool, email: &str) -> sqlx::Result<()> {
    sqlx::query("INSERT INTO users (email, name, tenant) VALUES ($1, 'Ada', 1) ON CONFLICT DO NOTHING").bind(email).execute(pool).await?;
    sqlx::query("INSERT INTO users (email, name, tenant) VALUES ($1, 'Ada', 1) ON CONFLICT (name, tenant) DO NOTHING").bind(email).execute(pool).await?;
    sqlx::query("INSERT INTO users (email, name, tenant) VALUES ($1, 'Ada', 1) ON CONFLICT (id) DO UPDATE SET name = 'Ada'").bind(email).execute(pool).await?;
    sqlx::query("INSERT INTO users (email, name, tenant) VALUES ($1, 'Ada', 1) ON CONFLICT (email) WHERE deleted_at IS NULL DO NOTHING").bind(email).execute(pool).await?;
    sqlx::query("INSERT INTO users (email, name, tenant) VALUES ($1, 'Ada', 1) ON CONFLICT (email) WHERE deleted_at IS NULL AND tenant = 1 DO NOTHING").bind(email).execute(pool).await?;
    sqlx::query("INSERT INTO users (email, name, tenant) VALUES ($1, 'Ada', 1) ON CONFLICT ON CONSTRAINT users_pkey DO NOTHING").bind(email).execute(pool).await?;
    sqlx::query("INSERT INTO tags (label) VALUES ('new') ON CONFLICT (lower(label)) DO UPDATE SET colour = 'red'").execute(pool).await?;
    sqlx::query("INSERT INTO tags (label) VALUES ('new') ON CONFLICT (upper(label)) DO NOTHING").execute(pool).await?;
    Ok(())
}

/// A file that nobody runs makes the key; one of two tables of the name is meant; the code makes the index.
pub async fn unknown(pool: &PgPool, region: &str) -> sqlx::Result<()> {
    sqlx::query("INSERT INTO coupons (code) VALUES ('a') ON CONFLICT (code) DO NOTHING").execute(pool).await?;
    sqlx::query(&format!("INSERT INTO {region}.stock (item, count) VALUES ('a', 1) ON CONFLICT (item) DO NOTHING")).execute(pool).await?;
    sqlx::query("INSERT INTO stock (item, count) VALUES ('a', 1) ON CONFLICT (item) DO NOTHING").execute(pool).await?;
    Ok(())
}
