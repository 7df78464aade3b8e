use diesel::dsl::{count_star, exists, not};
use diesel::pg::PgConnection;
use diesel::prelude::*;

use crate::models::{NewUser, Purchase, Spent, User, UserChanges};
use crate::schema::{orders, users, wishlists};

pub fn by_id(conn: &mut PgConnection, id: i32) -> QueryResult<User> {
    users::table.find(id).first(conn)
}

pub fn named(conn: &mut PgConnection, wanted: &str) -> QueryResult<Vec<User>> {
    users::table
        .filter(users::name.ilike(format!("%{wanted}%")).or(users::email.eq(wanted)))
        .filter(users::name.is_not_null())
        .order(users::joined_at.desc())
        .limit(20)
        .select(User::as_select())
        .load(conn)
}

/// The names of a table's own module may be used alone.
pub fn emails(conn: &mut PgConnection, name: &str) -> QueryResult<Vec<(i32, String)>> {
    use crate::schema::users::dsl::{email, id, users};
    let limit = 10;
    users.filter(email.ne(name)).select((id, email)).limit(limit).load::<(i32, String)>(conn)
}

pub fn kinds(conn: &mut PgConnection, ids: Vec<i32>) -> QueryResult<Vec<(String, i64)>> {
    use crate::schema::users::dsl::*;
    users
        .filter(id.eq_any(ids))
        .group_by(type_)
        .select((type_, count_star()))
        .having(count_star().gt(1))
        .load(conn)
}

pub fn is_known(conn: &mut PgConnection, email: &str) -> QueryResult<bool> {
    diesel::select(not(exists(users::table.filter(users::email.eq(email))))).get_result(conn)
}

pub fn search(conn: &mut PgConnection, kind: Option<&str>, newest: bool) -> QueryResult<Vec<User>> {
    let mut query = users::table.select(User::as_select()).into_boxed();
    if let Some(kind) = kind {
        query = query.filter(users::type_.eq(kind.to_string()));
    }
    query = if newest { query.order_by(users::joined_at.desc()) } else { query.order_by(users::id) };
    query.load(conn)
}

pub fn wished(conn: &mut PgConnection, user: &User) -> QueryResult<i64> {
    // want missing-table "wishlists"
    wishlists::table.filter(wishlists::user_id.eq(user.id)).count().get_result(conn)
}

pub fn add(conn: &mut PgConnection, email: &str) -> QueryResult<User> {
    let user = NewUser { email, name: None };
    diesel::insert_into(users::table).values(&user).returning(User::as_returning()).get_result(conn)
}

pub fn put(conn: &mut PgConnection, user: &NewUser) -> QueryResult<usize> {
    diesel::insert_into(users::table)
        .values(user)
        .on_conflict(users::email)
        .do_update()
        .set(users::name.eq(diesel::upsert::excluded(users::name)))
        .execute(conn)
}

pub fn put_by_name(conn: &mut PgConnection, user: &NewUser) -> QueryResult<usize> {
    // want upsert-without-unique "name"
    diesel::insert_into(users::table).values(user).on_conflict(users::name).do_nothing().execute(conn)
}

pub fn add_nameless(conn: &mut PgConnection) -> QueryResult<usize> {
    // want missing-required-column "email"
    diesel::insert_into(users::table).values((users::name.eq("somebody"), users::type_.eq("guest"))).execute(conn)
}

pub fn change(conn: &mut PgConnection, id: i32, changes: &UserChanges) -> QueryResult<usize> {
    diesel::update(users::table.find(id)).set(changes).execute(conn)
}

pub fn rename(conn: &mut PgConnection, user: &User, name: &str) -> QueryResult<usize> {
    diesel::update(user).set((users::name.eq(name), users::type_.eq("named"))).execute(conn)
}

pub fn remove(conn: &mut PgConnection, id: i32) -> QueryResult<usize> {
    diesel::delete(users::table.filter(users::id.eq(id))).execute(conn)
}

pub fn forget_everybody(conn: &mut PgConnection) -> QueryResult<usize> {
    // want unfiltered-write "users"
    diesel::delete(users::table).execute(conn)
}

pub fn purchases(conn: &mut PgConnection, user: &User) -> QueryResult<Vec<Purchase>> {
    Purchase::belonging_to(user).filter(orders::total_cents.gt(0)).select(Purchase::as_select()).load(conn)
}

pub fn all_purchases(conn: &mut PgConnection, everybody: &[User]) -> QueryResult<usize> {
    let mut count = 0;
    for user in everybody {
        // want n-plus-one "orders"
        count += Purchase::belonging_to(user).select(Purchase::as_select()).load(conn)?.len();
    }
    Ok(count)
}

pub fn spent(conn: &mut PgConnection, least: i32) -> QueryResult<Vec<Spent>> {
    diesel::sql_query("SELECT user_id, sum(total_cents) AS cents FROM orders WHERE total_cents > $1 GROUP BY user_id")
        .bind::<diesel::sql_types::Integer, _>(least)
        .load(conn)
}

pub fn spent_badly(conn: &mut PgConnection) -> QueryResult<Vec<Spent>> {
    // want missing-column "amount"
    diesel::sql_query("SELECT user_id, sum(amount) AS cents FROM orders GROUP BY user_id").load(conn)
}

/// A table that arrives as a parameter is one of many.
pub fn count_of<T>(conn: &mut PgConnection, query: T) -> QueryResult<i64> {
    query.filter(users::id.gt(0)).count().get_result(conn) // want unresolved-query
}
