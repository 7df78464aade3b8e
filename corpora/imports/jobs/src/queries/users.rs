pub const FIND: &str = "SELECT id, mail FROM users WHERE id = ?"; // want missing-column "mail"
pub const ALL: &str = concat!("SELECT id", " FROM people"); // want missing-table "people"

pub struct Sql;

impl Sql {
    pub const NAMES: &'static str = "SELECT nick FROM users"; // want missing-column "nick"
}
