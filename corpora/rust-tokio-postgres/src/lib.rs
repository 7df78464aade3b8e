mod rows;

use tokio_postgres::{Client, Error};

pub async fn broken(client: &Client, id: i64) -> Result<(), Error> {
    client.query("SELECT id, mail FROM users WHERE id = $1", &[&id]).await?; // want missing-column "mail"
    client.query_one("SELECT id FROM users WHERE id = $1 AND email = $2", &[&id]).await?; // want placeholder-mismatch "placeholder 2"
    client.execute("DELETE FROM carts WHERE id = $1", &[&id]).await?; // want missing-table "carts"
    let statement = client.prepare("SELECT amount FROM orders WHERE id = $1").await?; // want missing-column "amount"
    client.query(&statement, &[&id]).await?;
    client.batch_execute("TRUNCATE orders; TRUNCATE baskets;").await?;
    Ok(())
}

pub async fn silent(client: &mut Client, ids: &[i64]) -> Result<(), Error> {
    client.query("SELECT id FROM users WHERE tags ? 'vip' AND id = ANY($1)", &[&ids]).await?;
    let transaction = client.transaction().await?;
    transaction.execute("UPDATE orders SET total = total * 2 WHERE true", &[]).await?;
    transaction.commit().await?;
    Ok(())
}

pub fn not_a_query(command: &mut std::process::Command) -> std::io::Result<()> {
    command.arg("SELECT nothing FROM nowhere").status()?;
    Ok(())
}
