pub mod models;
pub mod orders;
pub mod reviews;
pub mod schema;
pub mod users;
