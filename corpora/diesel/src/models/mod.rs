use chrono::{DateTime, Utc};
use diesel::prelude::*;
use diesel_derive_enum::DbEnum;

use crate::schema::{order_items, orders, reviews, users};

#[derive(Debug, DbEnum)]
#[ExistingTypePath = "crate::schema::sql_types::OrderStatus"]
pub enum OrderStatus {
    Draft,
    Paid,
    #[db_rename = "InTransit"]
    Moving,
}

#[derive(Queryable, Selectable, Identifiable)]
#[diesel(table_name = users, check_for_backend(diesel::pg::Pg))]
pub struct User {
    pub id: i32,
    pub email: String,
    pub name: Option<String>,
    #[diesel(column_name = type_)]
    pub kind: String,
    pub joined_at: DateTime<Utc>,
}

#[derive(Insertable)]
#[diesel(table_name = users)]
pub struct NewUser<'a> {
    pub email: &'a str,
    pub name: Option<&'a str>,
}

#[derive(AsChangeset)]
#[diesel(table_name = users)]
pub struct UserChanges {
    pub email: Option<String>,
    pub name: Option<Option<String>>,
}

/// The columns in the order of the table: what a query without `select` gives.
#[derive(Queryable)]
pub struct Item {
    pub order_id: i64,
    pub position: i16,
    pub sku: String,
    pub quantity: i32,
}

#[derive(Queryable, Selectable)]
#[diesel(table_name = reviews)]
pub struct Review {
    pub id: i32,
    pub stars: i16, // want nullability-mismatch "stars"
    pub body: String,
}

#[derive(Queryable, Selectable, Associations, Identifiable)]
#[diesel(belongs_to(User), table_name = orders)]
pub struct Purchase {
    pub id: i64,
    pub user_id: i32,
    pub status: OrderStatus,
}

/// A purchase with its buyer.
#[derive(Queryable, Selectable)]
#[diesel(table_name = orders)]
pub struct PurchaseOf {
    #[diesel(embed)]
    pub purchase: Purchase,
    #[diesel(embed)]
    pub buyer: User,
    #[diesel(select_expression = users::email)]
    pub address: String,
}

#[derive(Insertable)]
#[diesel(table_name = order_items)]
pub struct NewItem {
    pub order_id: i64,
    pub position: i16,
    pub quantity: i32,
}

#[derive(Insertable)]
#[diesel(table_name = reviews)]
pub struct NewReview {
    pub order_id: i64,
    pub body: String,
}

#[derive(Queryable, Selectable)]
#[diesel(table_name = reviews)]
pub struct Rating {
    pub order_id: i64,
    pub star: i16, // want missing-model-field "star"
}

#[derive(Queryable, Selectable)]
#[diesel(table_name = orders)]
pub struct Discount {
    pub id: i64,
    pub coupon: Option<String>, // want missing-column "coupon"
}

#[derive(QueryableByName)]
pub struct Spent {
    #[diesel(sql_type = diesel::sql_types::Integer)]
    pub user_id: i32,
    #[diesel(sql_type = diesel::sql_types::BigInt)]
    pub cents: i64,
}
