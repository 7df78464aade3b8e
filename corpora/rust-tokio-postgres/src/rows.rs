//! Rows by number and by name, of texts and of prepared statements.

use tokio_postgres::{Client, Error, Row};

pub struct User {
    pub id: i64,
    pub email: String,
}

fn user(row: &Row) -> User {
    User { id: row.get("id"), email: row.get("mail") } // want missing-column "mail"
}

impl From<Row> for User {
    fn from(row: Row) -> Self {
        Self { id: row.get(0), email: row.get(1) }
    }
}

pub async fn broken(client: &Client) -> Result<(), Error> {
    let row = client.query_one("SELECT id FROM users", &[]).await?;
    let id: i64 = row.get(0);
    let email: String = row.get(1); // want column-count-mismatch "column 1"
    for row in client.query("SELECT id, email FROM users", &[]).await? {
        drop(row.try_get::<_, i64>("ident")?); // want missing-column "ident"
        drop(row.get::<usize, i64>(0));
    }
    let statement = client.prepare("SELECT total FROM orders").await?;
    let orders = client.query(&statement, &[]).await?;
    let totals: Vec<i64> = orders.iter().map(|row| row.get("sum")).collect(); // want missing-column "sum"
    let users: Vec<User> = client.query("SELECT id, email FROM users", &[]).await?.iter().map(user).collect();
    drop((id, email, totals, users));
    Ok(())
}

pub async fn silent(client: &Client, id: i64) -> Result<Option<User>, Error> {
    let found = client.query_opt("SELECT id, email FROM users WHERE id = $1", &[&id]).await?;
    let first = client.query("SELECT id FROM users", &[]).await?;
    drop((first.get(3), first[0].get::<_, i64>("ID")));
    Ok(found.map(User::from))
}
