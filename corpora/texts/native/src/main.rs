use sqlx::PgPool;

pub async fn find(pool: &PgPool, deep: bool) -> sqlx::Result<()> {
    let sql = if deep {
        "SELECT emial FROM users" // want missing-column "emial"
    } else {
        "SELECT nmae FROM users" // want missing-column "nmae"
    };
    sqlx::query(sql).execute(pool).await?;
    Ok(())
}

pub async fn ordered(pool: &PgPool, newest: bool) -> sqlx::Result<()> {
    let direction = if newest { "DESC" } else { "ASC" };
    let sql = format!("SELECT totl FROM orders ORDER BY created_at {direction}"); // want missing-column "totl"
    sqlx::query(&sql).execute(pool).await?;
    Ok(())
}

pub async fn counted(pool: &PgPool, kind: Kind) -> sqlx::Result<()> {
    let sql = match kind {
        Kind::Users => "SELECT count(*) FROM users WHERE activ", // want missing-column "activ"
        Kind::Orders => "SELECT count(*) FROM orders WHERE paid", // want missing-column "paid"
    };
    sqlx::query(sql).execute(pool).await?;
    Ok(())
}
