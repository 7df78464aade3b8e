//! The shop's schema, step by step; the runner stops at the first step that fails.

use rusqlite::{Connection, Result};

enum Step {
    Sql(&'static str),
    Code(fn(&Connection) -> Result<()>),
}

fn steps() -> Vec<(&'static str, Step)> {
    let mut steps = Vec::new();
    steps.push(("users", Step::Sql("CREATE TABLE users (id INTEGER PRIMARY KEY, email TEXT NOT NULL)")));
    steps.push((
        "orders",
        // The list of columns is never closed.
        Step::Sql("CREATE TABLE orders (id INTEGER PRIMARY KEY, user_id INTEGER NOT NULL"), // want migration-error "parenthesis"
    ));
    steps.push(("coupons", Step::Code(create_coupons))); // want unreachable-migration "\"orders\" fails before it"
    steps.push(("user_names", Step::Sql("ALTER TABLE users ADD COLUMN name TEXT"))); // want unreachable-migration
    steps
}

fn create_coupons(db: &Connection) -> Result<()> {
    db.execute("CREATE TABLE coupons (code TEXT PRIMARY KEY, percent INTEGER NOT NULL)", [])?;
    Ok(())
}

pub fn migrate(db: &Connection) -> Result<()> {
    let done: i64 = db.query_row("SELECT user_version FROM pragma_user_version", [], |row| row.get(0))?;
    for (name, step) in steps().into_iter().skip(done as usize) {
        match step {
            Step::Sql(sql) => db.execute_batch(sql)?, // want unresolved-query
            Step::Code(run) => run(db)?,
        }
        println!("{name} done");
    }
    Ok(())
}
