use tauri_plugin_sql::{Migration, MigrationKind};

const COUPONS: &str = "CREATE TABLE coupons (code TEXT PRIMARY KEY, percent INTEGER NOT NULL)";

pub fn run() {
    let migrations = vec![
        Migration {
            version: 1,
            description: "create users",
            sql: "CREATE TABLE users (id INTEGER PRIMARY KEY, email TEXT NOT NULL); CREATE TABLE carts (id INTEGER PRIMARY KEY)",
            kind: MigrationKind::Up,
        },
        Migration { version: 2, description: "orders", sql: include_str!("../migrations/orders.sql"), kind: MigrationKind::Up },
        Migration { version: 2, description: "no orders", sql: "DROP TABLE orders", kind: MigrationKind::Down },
        Migration { version: 3, description: "coupons", sql: COUPONS, kind: MigrationKind::Up },
        Migration { version: 4, description: "no carts", sql: "DROP TABLE carts", kind: MigrationKind::Up },
    ];
    tauri::Builder::default()
        .plugin(tauri_plugin_sql::Builder::default().add_migrations("sqlite:shop.db", migrations).build())
        .run(tauri::generate_context!())
        .expect("a window");
}
