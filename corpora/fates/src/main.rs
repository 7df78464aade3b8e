use sqlx::PgPool;

async fn passed_on(pool: &PgPool) -> Result<(), sqlx::Error> {
    sqlx::query("DELETE FROM orders WHERE id = 1").execute(pool).await?;
    sqlx::query("DELETE FROM orders WHERE id = 1").execute(pool).await.unwrap();
    sqlx::query("DELETE FROM orders WHERE id = 2").execute(pool).await.map_err(|e| e)?;
    if let Err(error) = sqlx::query("DELETE FROM orders WHERE id = 3").execute(pool).await {
        eprintln!("{error}");
        return Err(error);
    }
    match sqlx::query("DELETE FROM orders WHERE id = 4").execute(pool).await {
        Ok(_) => {}
        Err(error) => panic!("{error}"),
    }
    let result = sqlx::query("DELETE FROM orders WHERE id = 5").execute(pool).await;
    sqlx::query("DELETE FROM orders WHERE id = 6").execute(pool).await.ok().expect("orders");
    result?;
    sqlx::query("DELETE FROM users WHERE id = 1").execute(pool).await.map(|_| ())
}

async fn forgotten(pool: &PgPool) {
    let _ = sqlx::query("DELETE FROM orders WHERE id = 1").execute(pool).await; // want fate=ignored
    sqlx::query("DELETE FROM orders WHERE id = 1").execute(pool).await.ok(); // want fate=ignored
    sqlx::query("DELETE FROM orders WHERE id = 2").execute(pool).await; // want fate=ignored
    let rows = sqlx::query("SELECT id FROM orders").fetch_all(pool).await.unwrap_or_default(); // want fate=ignored
    if let Err(error) = sqlx::query("DELETE FROM orders WHERE id = 3").execute(pool).await { // want fate=ignored
        tracing::warn!("orders stay: {error}");
    }
    match sqlx::query("DELETE FROM orders WHERE id = 4").execute(pool).await { // want fate=ignored
        Ok(_) => println!("gone"),
        Err(error) => eprintln!("{error}"),
    }
    let result = sqlx::query("DELETE FROM orders WHERE id = 5").execute(pool).await; // want fate=ignored
    if let Err(error) = result {
        eprintln!("{error}");
    }
    let outcome = async { // the block decides for what it holds
        sqlx::query("DELETE FROM users WHERE id = 1").execute(pool).await?; // want fate=ignored
        Ok::<(), sqlx::Error>(())
    }
    .await;
    if let Err(error) = outcome {
        eprintln!("{error}");
    }
    let Ok(users) = sqlx::query("SELECT id FROM users").fetch_all(pool).await else { // want fate=ignored
        return;
    };
}

async fn told_apart(pool: &PgPool) -> Result<(), sqlx::Error> {
    match sqlx::query("DELETE FROM orders WHERE id = 1").execute(pool).await { // want fate=filtered "no such table"
        Ok(_) => {}
        Err(error) if error.to_string().contains("no such table") => {}
        Err(error) => return Err(error),
    }
    if let Err(error) = sqlx::query("DELETE FROM users WHERE id = 1").execute(pool).await { // want fate=filtered "no such column"
        if !error.to_string().contains("no such column") {
            return Err(error);
        }
    }
    match sqlx::query("SELECT id FROM users").fetch_one(pool).await { // want fate=filtered "RowNotFound"
        Ok(_) | Err(sqlx::Error::RowNotFound) => Ok(()),
        Err(error) => Err(error),
    }
}

async fn branches(pool: &PgPool, id: Option<i64>) -> Result<(), sqlx::Error> {
    if id.is_none() {
        return Ok(());
    }
    sqlx::query("DELETE FROM orders WHERE id = 1").execute(pool).await?;
    for _ in 0..2 {
        sqlx::query("DELETE FROM orders WHERE id = 1").execute(pool).await?;
    }
    if let Some(id) = id {
        sqlx::query("DELETE FROM orders WHERE id = $1").bind(id).execute(pool).await?; // want guarded=yes
    } else {
        sqlx::query("DELETE FROM users WHERE id = 1").execute(pool).await?; // want guarded=yes
    }
    match id {
        Some(_) => {
            sqlx::query("SELECT id FROM users").execute(pool).await?; // want guarded=yes
        }
        None => {}
    }
    Ok(())
}
