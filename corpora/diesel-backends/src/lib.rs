pub mod orders;
pub mod schema;

use diesel_migrations::{embed_migrations, EmbeddedMigrations};

#[cfg(mysql)]
pub const MIGRATIONS: EmbeddedMigrations = embed_migrations!("migrations/mysql");
#[cfg(postgresql)]
pub const MIGRATIONS: EmbeddedMigrations = embed_migrations!("migrations/postgresql");
#[cfg(sqlite)]
pub const MIGRATIONS: EmbeddedMigrations = embed_migrations!("migrations/sqlite");

/// The same code for each kind of connection.
#[macro_export]
macro_rules! on_each {
    ( $conn:ident: $body:block ) => { $conn.run(move |$conn| $body) };
    ( $conn:ident: $( $($db:ident),+ $body:block )+ ) => { $conn.run(move |$conn| match $conn { $($( $db => $body, )+)+ }) };
}
