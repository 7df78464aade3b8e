use diesel::{allow_tables_to_appear_in_same_query, joinable, table};

table! {
    users (uuid) {
        uuid -> Text,
        email -> Text,
        is_admin -> Bool,
        created_at -> Timestamp,
        last_seen -> Nullable<Timestamp>, // want missing-column "last_seen"
    }
}

table! {
    orders (id) {
        id -> BigInt,
        user_uuid -> Text,
        total -> Integer,
        note -> Nullable<Text>,
        code -> Text, // want model-drift "nullability of \"orders.code\" is NOT NULL in the model and NULL in migrations/sqlite"
    }
}

// What tells rows apart may be a unique key as well.
table! {
    // want model-drift "primary key of table \"wishes\" is (user_uuid, sku) in the model and absent in migrations/sqlite"
    wishes (user_uuid, sku) {
        user_uuid -> Text,
        sku -> Text,
    }
}

joinable!(orders -> users (user_uuid));
allow_tables_to_appear_in_same_query!(users, orders);
