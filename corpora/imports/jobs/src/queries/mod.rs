pub mod users;

pub const LIST: &str = "SELECT id, sum FROM orders"; // want missing-column "sum"
