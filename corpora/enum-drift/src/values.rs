#[derive(sqlx::Type)]
#[sqlx(type_name = "channel", rename_all = "lowercase")]
pub enum Channel {
    Web,
    Shop,
}

pub enum Payment { // want enum-drift "has \"voucher\", which the database refuses"
    Card,
    Cash,
    Voucher,
}

impl Payment {
    pub fn as_str(&self) -> &'static str {
        match self {
            Self::Card => "card",
            Self::Cash => "cash",
            Self::Voucher => "voucher",
        }
    }
}

// Another table lists the kinds.
pub enum Kind {
    Gift,
    Plain,
}

impl Kind {
    pub fn as_str(&self) -> &'static str {
        match self {
            Kind::Gift => "gift",
            Kind::Plain => "plain",
        }
    }
}

// A check that says anything else of the column is not read.
pub enum Size {
    Small,
    Large,
}

impl Size {
    pub fn as_str(&self) -> &'static str {
        match self {
            Size::Small => "s",
            Size::Large => "l",
        }
    }
}

#[derive(sqlx::Type)]
#[sqlx(type_name = "text", rename_all = "lowercase")]
pub enum Theme { // want enum-drift "takes any text"
    Light,
    Dark,
}

// What the driver stores is what the type of the database must have.
#[derive(sqlx::Type)]
#[sqlx(type_name = "order_state", rename_all = "snake_case")]
pub enum Step { // want enum-drift "lacks \"sent\", \"paid\""
    Draft,
    CalledOff, // want check-violation "'called_off' of \"Step\" is written to column \"orders.state\", which allows draft, sent, paid"
}
