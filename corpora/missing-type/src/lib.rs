use sqlx::PgPool;

pub async fn broken(pool: &PgPool) -> sqlx::Result<()> {
    sqlx::query("UPDATE orders SET status = $1::order_state WHERE id = $2").bind("sent").bind(1_i64).execute(pool).await?; // want missing-type "did you mean \"order_status\"?"
    sqlx::query("SELECT id FROM orders WHERE status = ANY ($1::order_statuses[])").bind("x").fetch_all(pool).await?; // want missing-type "\"order_statuses\""
    Ok(())
}

/// Made here, the engine's own, a table's rows, an extension's, or of a namespace nobody here knows.
pub async fn silent(pool: &PgPool) -> sqlx::Result<()> {
    sqlx::query("UPDATE orders SET status = $1::order_status, item = $2::sku WHERE id = $3::int8").bind("sent").bind("a").bind(1_i64).execute(pool).await?;
    sqlx::query("SELECT status::text, item::citext, (NULL::orders).id, NULL::money_amount, NULL::audit.change FROM orders").fetch_all(pool).await?;
    sqlx::query("SELECT 'orders'::regclass, '{1}'::int[], 'a'::varchar(3), '1'::float, 'x'::bpchar, now()::timestamptz(3)").fetch_all(pool).await?;
    Ok(())
}
