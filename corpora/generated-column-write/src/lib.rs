use sqlx::PgPool;

pub async fn broken(pool: &PgPool, net: f64) -> sqlx::Result<()> {
    sqlx::query("INSERT INTO orders (net, gross) VALUES ($1, $2)").bind(net).bind(net * 1.2).execute(pool).await?; // want generated-column-write "orders.gross"
    sqlx::query("INSERT INTO orders (id, net) VALUES (7, $1)").bind(net).execute(pool).await?; // want generated-column-write "orders.id"
    sqlx::query("UPDATE orders SET net = $1, gross = $1 * 1.2 WHERE id = 7").bind(net).execute(pool).await?; // want generated-column-write "orders.gross"
    sqlx::query("INSERT INTO orders (id, net) SELECT id + 1000, net FROM orders").execute(pool).await?; // want generated-column-write "orders.id"
    sqlx::query("INSERT INTO orders VALUES (7, 7, 1.0)").execute(pool).await?; // want generated-column-write "orders.id"
    sqlx::query("INSERT INTO orders (net) VALUES (1) ON CONFLICT (id) DO UPDATE SET gross = 2").execute(pool).await?; // want generated-column-write "orders.gross"
    sqlx::query("INSERT INTO order_totals (net) VALUES (1)").execute(pool).await?; // want generated-column-write "materialized view"
    Ok(())
}

pub async fn silent(pool: &PgPool, net: f64) -> sqlx::Result<()> {
    sqlx::query("INSERT INTO orders (net, gross) VALUES ($1, DEFAULT)").bind(net).execute(pool).await?;
    sqlx::query("INSERT INTO orders (id, net) OVERRIDING SYSTEM VALUE VALUES (7, $1)").bind(net).execute(pool).await?;
    sqlx::query("INSERT INTO orders (number, net) VALUES (7, $1)").bind(net).execute(pool).await?;
    sqlx::query("UPDATE orders SET id = DEFAULT, gross = DEFAULT WHERE id = 7").execute(pool).await?;
    sqlx::query("UPDATE open_orders SET net = $1 WHERE id = 7").bind(net).execute(pool).await?;
    sqlx::query("REFRESH MATERIALIZED VIEW order_totals").execute(pool).await?;
    Ok(())
}
