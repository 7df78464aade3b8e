use chrono::NaiveDateTime;
use diesel::prelude::*;

use crate::on_each;
use crate::schema::{orders, users};
use crate::Connection;

#[derive(Identifiable, Queryable, Insertable, AsChangeset)]
#[diesel(table_name = users, primary_key(uuid), treat_none_as_null = true)]
pub struct User {
    pub uuid: String,
    pub email: String,
    pub is_admin: bool,
    pub created_at: NaiveDateTime,
    pub last_seen: Option<NaiveDateTime>,
}

#[derive(Queryable)]
pub struct Order {
    pub id: i64,
    pub user_uuid: String,
    pub total: i32,
    pub note: Option<String>,
    pub code: String,
}

impl User {
    pub fn save(&self, conn: &Connection) -> QueryResult<usize> {
        on_each! { conn:
            sqlite, mysql {
                diesel::replace_into(users::table).values(self).execute(conn)
            }
            postgresql {
                diesel::insert_into(users::table)
                    .values(self)
                    .on_conflict(users::uuid)
                    .do_update()
                    .set(self)
                    .execute(conn)
            }
        }
    }

    pub fn orders(&self, conn: &Connection) -> QueryResult<Vec<Order>> {
        on_each! { conn: {
            orders::table
                .inner_join(users::table.on(users::uuid.eq(orders::user_uuid)))
                .filter(users::email.eq(&self.email).and(orders::total.gt(0)))
                .select(orders::all_columns)
                .load::<Order>(conn)
        }}
    }

    pub fn count(conn: &Connection) -> QueryResult<i64> {
        on_each! { conn: { users::table.filter(users::is_admin.eq(true)).count().first::<i64>(conn) } }
    }

    pub fn forget(&self, conn: &Connection) -> QueryResult<usize> {
        conn.run(move |conn| diesel::delete(orders::table.filter(orders::user_uuid.eq(&self.uuid))).execute(conn))
    }
}

/// What one tree has and the others lack is found where code asks for it.
pub fn order_nothing(conn: &Connection) -> QueryResult<usize> {
    on_each! { conn: {
        // want missing-required-column "total"
        diesel::insert_into(orders::table).values(orders::user_uuid.eq("nobody")).execute(conn)
    }}
}
