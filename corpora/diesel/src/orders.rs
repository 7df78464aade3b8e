use diesel::dsl::{auto_type, sql, sum};
use diesel::prelude::*;
use diesel::sql_types::BigInt;
use diesel_async::{AsyncPgConnection, RunQueryDsl};

use crate::models::{Item, NewItem, OrderStatus, Purchase, PurchaseOf, User};
use crate::schema::*;

diesel::alias!(users as reviewers: Reviewers);

diesel::define_sql_function! { fn lower(x: Text) -> Text; }

#[auto_type(no_type_alias)]
fn paid() -> _ {
    orders::status.eq(OrderStatus::Paid)
}

#[auto_type(no_type_alias)]
fn with_buyers() -> _ {
    orders::table.inner_join(users::table).filter(paid())
}

pub async fn of_buyers(conn: &mut AsyncPgConnection, wanted: &str) -> QueryResult<Vec<PurchaseOf>> {
    with_buyers().filter(lower(users::email).eq(wanted.to_lowercase())).select(PurchaseOf::as_select()).load(conn).await
}

pub async fn items(conn: &mut AsyncPgConnection, order: i64) -> QueryResult<Vec<Item>> {
    order_items::table.filter(order_items::order_id.eq(order)).load::<Item>(conn).await
}

pub async fn reviewed(conn: &mut AsyncPgConnection) -> QueryResult<Vec<(i64, Option<String>)>> {
    orders::table
        .left_join(reviewers.on(orders::reviewer_id.eq(reviewers.field(users::id).nullable())))
        .left_join(order_items::table.on(order_items::order_id.eq(orders::id).and(order_items::quantity.gt(1))))
        .filter(orders::placed_at.is_not_null().and(orders::total_cents.between(1, 1000)))
        .select((orders::id, reviewers.field(users::email).nullable()))
        .distinct()
        .load(conn)
        .await
}

pub async fn of_reviewed(conn: &mut AsyncPgConnection) -> QueryResult<Vec<Purchase>> {
    let wanted = reviews::table.filter(reviews::stars.ge(4)).select(reviews::order_id);
    orders::table.filter(orders::id.eq_any(wanted)).select(Purchase::as_select()).for_update().load(conn).await
}

pub async fn totals(conn: &mut AsyncPgConnection) -> QueryResult<Vec<(i32, Option<i64>)>> {
    orders::table
        .inner_join(users::table)
        .group_by(users::id)
        .select((users::id, sum(orders::total_cents)))
        .order(sql::<BigInt>("sum(orders.total_cents)").desc())
        .load(conn)
        .await
}

pub async fn coupons(conn: &mut AsyncPgConnection) -> QueryResult<Vec<Option<String>>> {
    orders::table.filter(orders::note.like("%!")).select(orders::coupon).load(conn).await // want missing-column "coupon"
}

pub async fn refunded(conn: &mut AsyncPgConnection) -> QueryResult<i64> {
    orders::table.filter(orders::refunded_at.is_not_null()).count().get_result(conn).await // want missing-model-field "refunded_at"
}

pub async fn add_items(conn: &mut AsyncPgConnection, items: Vec<NewItem>) -> QueryResult<usize> {
    // want missing-required-column "sku"
    diesel::insert_into(order_items::table).values(&items).execute(conn).await
}

pub async fn pay(conn: &mut AsyncPgConnection, order: i64) -> QueryResult<usize> {
    diesel::update(orders::table.find(order))
        .set((orders::status.eq(OrderStatus::Paid), orders::total_cents.eq(orders::total_cents + 1)))
        .execute(conn)
        .await
}

pub async fn copy(conn: &mut AsyncPgConnection, from: i64, to: i64) -> QueryResult<usize> {
    let kept = order_items::table.filter(order_items::order_id.eq(from)).select((
        to.into_sql::<BigInt>(),
        order_items::position,
        order_items::sku,
    ));
    diesel::insert_into(order_items::table)
        .values(kept)
        .into_columns((order_items::order_id, order_items::position, order_items::sku))
        .execute(conn)
        .await
}

pub async fn buyer(conn: &mut AsyncPgConnection, order: i64) -> QueryResult<Option<User>> {
    users::table
        .inner_join(orders::table)
        .filter(orders::id.eq(order))
        .select(User::as_select())
        .first(conn)
        .await
        .optional()
}
