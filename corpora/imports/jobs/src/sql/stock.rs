pub const LEVELS: &str = "SELECT level FROM orders"; // want missing-column "level"
pub const PLACES: &str = "SELECT place FROM users"; // want missing-column "place"
