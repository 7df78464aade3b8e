use sqlx::PgPool;

pub async fn broken(pool: &PgPool) -> sqlx::Result<()> {
    sqlx::query("SELECT o.id FROM orders o JOIN users u ON u.legacy_id = o.user_id").fetch_all(pool).await?; // want incomparable-types "character varying = uuid"
    sqlx::query("SELECT id FROM users WHERE age = 'old'::text").fetch_all(pool).await?; // want incomparable-types "smallint = text"
    sqlx::query("SELECT id FROM users WHERE email = 5").fetch_all(pool).await?; // want incomparable-types "text = integer"
    sqlx::query("SELECT id FROM users WHERE email IN (SELECT id FROM orders)").fetch_all(pool).await?; // want incomparable-types "text = bigint"
    sqlx::query("SELECT id FROM orders WHERE user_id IN (1, 2)").fetch_all(pool).await?; // want incomparable-types "IN types uuid and integer"
    sqlx::query("SELECT id FROM orders WHERE status = item").fetch_all(pool).await?; // want incomparable-types "order_status = character varying"
    sqlx::query("SELECT id FROM orders WHERE total LIKE '1%'").fetch_all(pool).await?; // want incomparable-types "numeric ~~ unknown"
    sqlx::query("SELECT coalesce(age, 'none'::text) FROM users").fetch_all(pool).await?; // want incomparable-types "COALESCE types smallint and text"
    sqlx::query("SELECT CASE WHEN age > 1 THEN age ELSE email END FROM users").fetch_all(pool).await?; // want incomparable-types "CASE types"
    sqlx::query("SELECT lower(age) FROM users").fetch_all(pool).await?; // want incomparable-types "function lower(smallint) does not exist"
    sqlx::query("SELECT id FROM users UNION SELECT id FROM orders").fetch_all(pool).await?; // want incomparable-types "UNION types uuid and bigint"
    sqlx::query("SELECT id FROM users WHERE created_at > 5").fetch_all(pool).await?; // want incomparable-types "timestamp with time zone > integer"
    sqlx::query("SELECT settings + 1 FROM users").fetch_all(pool).await?; // want incomparable-types "jsonb + integer"
    Ok(())
}

/// Literals take the other side's type, numbers and texts are one family each, a domain is what it is made of.
pub async fn silent(pool: &PgPool) -> sqlx::Result<()> {
    sqlx::query("SELECT id FROM users WHERE id = '6f3f6b0e-8b1f-4d4f-9f2b-3c0f2b0e8b1f' AND age = '5'").fetch_all(pool).await?;
    sqlx::query("SELECT id FROM users WHERE legacy_id = email AND age < 5.5 AND age = 5::bigint").fetch_all(pool).await?;
    sqlx::query("SELECT id FROM orders WHERE status = 'draft' AND item = 'a' AND item LIKE 'a%' AND status IN ('draft', 'sent')").fetch_all(pool).await?;
    sqlx::query("SELECT o.id FROM orders o JOIN users u ON u.id = o.user_id WHERE u.legacy_id = o.user_id::text").fetch_all(pool).await?;
    sqlx::query("SELECT id FROM users WHERE 'a' = ANY (tags) AND tags @> ARRAY['b'] AND settings ->> 'a' = 'b' AND settings @> '{}'").fetch_all(pool).await?;
    sqlx::query("SELECT placed + 1, placed + interval '1 day', now() - created_at FROM orders JOIN users ON users.id = user_id WHERE placed > now() - interval '1 week'").fetch_all(pool).await?;
    sqlx::query("SELECT email || age, total * 2, round(total, 1), coalesce(total, 0), greatest(age, 1), nullif(email, '') FROM users, orders").fetch_all(pool).await?;
    sqlx::query("SELECT id FROM users WHERE similarity(email, 'a') > 0.3 AND email % 'a' AND shop_rank(age) > 1").fetch_all(pool).await?;
    Ok(())
}
