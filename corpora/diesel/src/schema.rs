// @generated automatically by Diesel CLI.

pub mod sql_types {
    #[derive(diesel::sql_types::SqlType)]
    #[diesel(postgres_type(name = "order_status"))]
    pub struct OrderStatus;
}

diesel::table! {
    /// Who buys.
    users (id) {
        id -> Int4,
        #[max_length = 255]
        email -> Varchar,
        name -> Nullable<Text>,
        #[sql_name = "type"]
        type_ -> Text,
        joined_at -> Timestamptz,
    }
}

diesel::table! {
    use diesel::sql_types::*;
    use super::sql_types::OrderStatus;

    orders (id) {
        id -> Int8,
        user_id -> Int4,
        reviewer_id -> Nullable<Int4>,
        status -> OrderStatus,
        total_cents -> Int8, // want model-drift "type of \"orders.total_cents\""
        note -> Text, // want model-drift "nullability of \"orders.note\""
        placed_at -> Nullable<Timestamptz>,
        coupon -> Nullable<Text>, // want missing-column "coupon"
    }
}

diesel::table! {
    order_items (order_id, position) {
        order_id -> Int8,
        position -> Int2,
        sku -> Text,
        quantity -> Int4,
    }
}

diesel::table! {
    feedback.reviews (id) {
        id -> Int4,
        order_id -> Int8,
        stars -> Nullable<Int2>,
        body -> Text,
        tags -> Array<Nullable<Text>>,
    }
}

// want missing-table "wishlists"
diesel::table! { wishlists (id) { id -> Int4, user_id -> Int4, } }

diesel::joinable!(orders -> users (user_id));
diesel::joinable!(order_items -> orders (order_id));
diesel::joinable!(reviews -> orders (order_id));

diesel::allow_tables_to_appear_in_same_query!(users, orders, order_items, reviews, wishlists,);
