//! A type of the project's own with a name that crates use.

pub struct Decimal {
    pub units: i64,
    pub places: u8,
}
