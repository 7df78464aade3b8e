use diesel::pg::PgConnection;
use diesel::prelude::*;

use crate::models::{Discount, NewReview, Rating, Review};
use crate::schema::{orders, reviews, users};

pub fn of_order(conn: &mut PgConnection, order: i64) -> QueryResult<Vec<Review>> {
    reviews::table.filter(reviews::order_id.eq(order)).select(Review::as_select()).load(conn)
}

pub fn add(conn: &mut PgConnection, review: &NewReview) -> QueryResult<Review> {
    diesel::insert_into(reviews::table).values(review).returning(Review::as_returning()).get_result(conn)
}

pub fn writers(conn: &mut PgConnection) -> QueryResult<Vec<(String, String)>> {
    reviews::table
        .inner_join(orders::table.inner_join(users::table))
        .select((users::email, reviews::body))
        .load::<(String, String)>(conn)
}

pub fn tidy(conn: &mut PgConnection) -> QueryResult<()> {
    conn.batch_execute("DELETE FROM feedback.reviews WHERE stars IS NULL AND text = ''") // want missing-column "text"
}

pub fn ratings(conn: &mut PgConnection) -> QueryResult<Vec<Rating>> {
    reviews::table.select(Rating::as_select()).load(conn)
}

pub fn good_ratings(conn: &mut PgConnection) -> QueryResult<Vec<Rating>> {
    reviews::table.filter(reviews::stars.gt(3)).select(Rating::as_select()).load(conn)
}

pub fn discounts(conn: &mut PgConnection) -> QueryResult<Vec<Discount>> {
    orders::table.select(Discount::as_select()).load(conn)
}

pub fn discount(conn: &mut PgConnection, order: i64) -> QueryResult<Discount> {
    orders::table.find(order).select(Discount::as_select()).first(conn)
}

pub fn star(conn: &mut PgConnection, review: &NewReview) -> QueryResult<usize> {
    diesel::insert_into(reviews::table)
        .values(review)
        .on_conflict(reviews::order_id)
        .filter_target(reviews::stars.is_not_null())
        .do_update()
        .set(reviews::body.eq(&review.body))
        .execute(conn)
}

pub fn star_badly(conn: &mut PgConnection, review: &NewReview) -> QueryResult<usize> {
    // want upsert-without-unique "order_id"
    diesel::insert_into(reviews::table).values(review).on_conflict(reviews::order_id).do_nothing().execute(conn)
}

pub fn owners(conn: &mut PgConnection, discounts: Vec<Discount>) -> QueryResult<Vec<i32>> {
    let mut found = Vec::new();
    for discount in discounts {
        // want n-plus-one "orders"
        found.push(orders::table.find(discount.id).select(orders::user_id).first::<i32>(conn)?);
    }
    Ok(found)
}
