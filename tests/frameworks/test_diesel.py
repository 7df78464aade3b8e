"""What Diesel's macros declare, and the SQL that its chains stand for."""

import pytest

from analyzer.extract.extract import extract
from analyzer.facts.entity import Entity
from analyzer.facts.source import Dependency, Project, Source
from analyzer.program.program import build_program
from analyzer.schema.models import create_table
from analyzer.sql.embed import embed

SCHEMA = """
diesel::table! { users (id) { id -> Int4, name -> Nullable<Text>, #[sql_name = "type"] type_ -> Text, } }
diesel::table! { posts (id) { id -> Int8, user_id -> Int4, title -> Varchar, } }
diesel::table! { likes (user_id, post_id) { user_id -> Int4, post_id -> Int8, } }
joinable!(posts -> users (user_id));
joinable!(likes -> posts (post_id));
"""
HEAD = """
use diesel::prelude::*;
use crate::schema::{likes, posts, users};
diesel::alias!(users as writers: Writers);
#[derive(Queryable, Selectable, Identifiable)]
#[diesel(table_name = users)]
struct User { id: i32, name: Option<String>, #[diesel(column_name = type_)] kind: String }
#[derive(Insertable, AsChangeset)]
#[diesel(table_name = users)]
struct Form<'a> { id: i32, name: Option<&'a str>, #[diesel(column_name = "type_")] kind: String }
#[derive(Queryable, Selectable, Associations)]
#[diesel(table_name = posts, belongs_to(User))]
struct Post { id: i64, title: String }
#[derive(Selectable)]
#[diesel(table_name = posts)]
struct Both { #[diesel(embed)] post: Post, #[diesel(embed)] user: User, #[diesel(select_expression = users::id + 1)] next: i32 }
#[derive(HasQuery)]
#[diesel(table_name = posts, base_query = posts::table.inner_join(users::table).filter(users::id.gt(7)))]
struct Fresh { title: String }
"""
USERS = '"users"."id", "users"."name", "users"."type"'
POST = '"posts"."id", "posts"."title"'


def lowered(body: str, before: str = "") -> list[str]:
    """The SQL of the sites in a function, for PostgreSQL."""
    project = Project("", "shop", (Dependency("diesel"),))
    code = f"{HEAD}\n{before}\nfn f(conn: &mut PgConnection, id: i32, ids: Vec<i32>, form: &Form) {{ {body} }}"
    sources = (("src/schema.rs", SCHEMA), ("src/lib.rs", code))
    facts = [extract(Source(path, text.encode(), "rust", project=project)) for path, text in sources]
    queries = build_program(facts).files["src/lib.rs"].queries
    return [embed(query.text, "postgres").sql for query in queries if query.framework == "diesel"]


def declared(code: str) -> list[str]:
    """CREATE TABLE of each table of a file, for PostgreSQL."""
    project = Project("", "shop", (Dependency("diesel"),))
    program = build_program([extract(Source("src/schema.rs", code.encode(), "rust", project=project))])
    return [embed(create_table(table), "postgres").sql for table in program.entities.tables]


@pytest.mark.parametrize(
    ("chain", "sql"),
    [
        ("users::table.load::<User>(conn)", f'SELECT {USERS} FROM "users"'),
        ("users::table.find(id).first::<User>(conn)", f'SELECT {USERS} FROM "users" WHERE ("users"."id" = $1) LIMIT 1'),
        (
            "likes::table.find((id, 3)).select(likes::user_id).first::<i32>(conn)",
            'SELECT "likes"."user_id" FROM "likes" WHERE ("likes"."user_id" = $1 AND "likes"."post_id" = 3) LIMIT 1',
        ),
        (
            'users::table.filter(users::name.eq("a").and(users::id.ne(id)).or(users::name.is_null())).count().get_result(conn)',
            'SELECT COUNT(*) FROM "users" WHERE ((("users"."name" = \'a\' AND "users"."id" <> $1) OR "users"."name" IS NULL))',
        ),
        (
            "users::table.filter(users::id.eq_any(&ids)).select(User::as_select()).load(conn)",
            f'SELECT {USERS} FROM "users" WHERE ("users"."id" = ANY($1))',
        ),
        (
            "users::table.filter(users::id.eq_any(posts::table.select(posts::user_id))).select(users::id).load::<i32>(conn)",
            'SELECT "users"."id" FROM "users" WHERE ("users"."id" IN (SELECT "posts"."user_id" FROM "posts"))',
        ),
        (
            "posts::table.inner_join(users::table).select(Both::as_select()).load(conn)",
            f'SELECT {POST}, {USERS}, "users"."id" + 1 FROM "posts" INNER JOIN "users" ON "users"."id" = "posts"."user_id"',
        ),
        (
            "users::table.left_join(posts::table.left_join(likes::table)).select((users::id, likes::post_id.nullable())).load::<(i32, Option<i64>)>(conn)",
            'SELECT "users"."id", "likes"."post_id" FROM "users" LEFT JOIN "posts" ON "posts"."user_id" = "users"."id" LEFT JOIN "likes" ON "likes"."post_id" = "posts"."id"',
        ),
        (
            "posts::table.left_join(writers.on(writers.field(users::id).eq(posts::user_id))).select(writers.fields((users::id, users::name))).load(conn)",
            'SELECT "writers"."id", "writers"."name" FROM "posts" LEFT JOIN "users" AS "writers" ON "writers"."id" = "posts"."user_id"',
        ),
        (
            'use crate::schema::posts::dsl::*; posts.filter(title.like("%a")).order((user_id.desc(), title.asc())).limit(5).offset(9).select(title).load::<String>(conn)',
            'SELECT "posts"."title" FROM "posts" WHERE ("posts"."title" LIKE \'%a\') ORDER BY "posts"."user_id" DESC, "posts"."title" ASC LIMIT 5 OFFSET 9',
        ),
        (
            "posts::table.group_by(posts::user_id).having(count_star().gt(2)).select((posts::user_id, diesel::dsl::max(posts::id))).load(conn)",
            'SELECT "posts"."user_id", max("posts"."id") FROM "posts" GROUP BY "posts"."user_id" HAVING (COUNT(*) > 2)',
        ),
        (
            "posts::table.distinct_on(posts::user_id).select(posts::id).for_update().load::<i64>(conn)",
            'SELECT DISTINCT ON ("posts"."user_id") "posts"."id" FROM "posts" FOR UPDATE',
        ),
        (
            "diesel::select(diesel::dsl::exists(users::table.select(users::id))).get_result::<bool>(conn)",
            'SELECT EXISTS(SELECT "users"."id" FROM "users")',
        ),
        (
            'posts::table.select(case_when(posts::id.gt(1), posts::title).otherwise("")).load::<String>(conn)',
            'SELECT CASE WHEN "posts"."id" > 1 THEN "posts"."title" ELSE \'\' END FROM "posts"',
        ),
        (
            'posts::table.filter(sql::<Bool>("length(title) > ").bind::<Integer, _>(id)).select(posts::id).load::<i64>(conn)',
            'SELECT "posts"."id" FROM "posts" WHERE (length(title) > $1)',
        ),
        (
            "Post::belonging_to(&user).select(Post::as_select()).load(conn)",
            f'SELECT {POST} FROM "posts" WHERE ("posts"."user_id" = $1)',
        ),
        (
            "Fresh::query().load(conn)",
            'SELECT "posts"."title" FROM "posts" INNER JOIN "users" ON "users"."id" = "posts"."user_id" WHERE (TRUE AND ("users"."id" > 7))',
        ),
    ],
)  # fmt: skip
def test_a_select(chain: str, sql: str) -> None:
    assert lowered(chain) == [sql]


@pytest.mark.parametrize(
    ("chain", "sql"),
    [
        (
            "diesel::insert_into(users::table).values(form).execute(conn)",
            'INSERT INTO "users" ("id", "name", "type") VALUES ($1, $2, $3)',
        ),
        (
            "let one = Form { id, name: None, kind: k() }; insert_into(users::table).values(&vec![one]).on_conflict_do_nothing().execute(conn)",
            'INSERT INTO "users" ("id", "name", "type") VALUES ($1, $2, $3) ON CONFLICT DO NOTHING',
        ),
        (
            'diesel::insert_into(users::table).values((users::id.eq(1), users::type_.eq("a"))).returning(users::id).get_result::<i32>(conn)',
            'INSERT INTO "users" ("id", "type") VALUES (1, \'a\') RETURNING "users"."id"',
        ),
        (
            "diesel::insert_into(users::table).values(form).on_conflict(users::id).do_update().set(users::name.eq(excluded(users::name))).execute(conn)",
            'INSERT INTO "users" ("id", "name", "type") VALUES ($1, $2, $3) ON CONFLICT ("id") DO UPDATE SET "name" = "excluded"."name"',
        ),
        (
            "diesel::insert_into(likes::table).values(posts::table.select((posts::user_id, posts::id))).into_columns((likes::user_id, likes::post_id)).execute(conn)",
            'INSERT INTO "likes" ("user_id", "post_id") SELECT "posts"."user_id", "posts"."id" FROM "posts"',
        ),
        (
            "diesel::insert_into(users::table).default_values().execute(conn)",
            'INSERT INTO "users" DEFAULT VALUES',
        ),
        (
            "diesel::update(users::table.find(id)).set(form).execute(conn)",
            'UPDATE "users" SET "name" = $1, "type" = $2 WHERE ("users"."id" = $3)',
        ),
        (
            "let user: User = make(); diesel::update(&user).set((users::name.eq(None::<String>), users::id.eq(users::id + 1))).execute(conn)",
            'UPDATE "users" SET "name" = $1, "id" = "users"."id" + 1 WHERE ("users"."id" = $2)',
        ),
        (
            'diesel::update(&somebody).set(users::name.eq("a")).execute(conn)',
            'UPDATE "users" SET "name" = \'a\' WHERE ({})',
        ),
        ("diesel::delete(posts::table.filter(posts::id.lt(3))).execute(conn)", 'DELETE FROM "posts" WHERE ("posts"."id" < 3)'),
        ('diesel::sql_query("SELECT 1").load::<User>(conn)', "SELECT 1"),
        ('conn.batch_execute("VACUUM")', "VACUUM"),
    ],
)  # fmt: skip
def test_a_write(chain: str, sql: str) -> None:
    assert lowered(chain) == [sql]


def test_a_boxed_query_is_one_site_with_all_that_is_added() -> None:
    body = """let mut query = users::table.select(users::id).into_boxed();
        if flag { query = query.filter(users::name.eq("a")); }
        query = match order { Order::Name => query.order(users::name), _ => query.then_order_by(users::id) };
        query.load::<i32>(conn)"""
    assert lowered(body) == [
        'SELECT "users"."id" FROM "users" WHERE ("users"."name" = \'a\') ORDER BY "users"."name", "users"."id"'
    ]


def test_functions_that_give_parts_of_queries_stand_in_those_that_call_them() -> None:
    before = """
    #[auto_type] fn named() -> _ { users::name.is_not_null() }
    impl User { #[auto_type] fn all() -> _ { users::table.select(User::as_select()).filter(named()) } }
    #[auto_type] fn written() -> _ { posts::table.on(posts::user_id.eq(users::id)) }
    """
    (sql,) = lowered("User::all().inner_join(written()).filter(posts::id.gt(1)).load(conn)", before)
    joined = '"users" INNER JOIN "posts" ON "posts"."user_id" = "users"."id"'
    assert sql == f'SELECT {USERS} FROM {joined} WHERE (TRUE AND ("users"."name" IS NOT NULL)) AND ("posts"."id" > 1)'


def test_local_names_are_no_columns() -> None:
    body = (
        "use crate::schema::users::dsl::*; let name = 3; users.filter(id.eq(name)).select(type_).load::<String>(conn)"
    )
    # `id` is a parameter of the function here.
    assert lowered(body) == ['SELECT "users"."type" FROM "users" WHERE ($1 = 3)']


@pytest.mark.parametrize(
    "body",
    [
        "sqlx::query(text).bind(1).execute(conn)",
        "redis::cmd(text).execute(conn)",
        "conf.load(conn)",
        "xs.iter().first(conn)",
        "task.execute(conn)",
        "client.get_result(conn)",
        "f.load(&mut file, 3)",
    ],
)
def test_no_site(body: str) -> None:
    assert lowered(body) == []


def test_a_chain_that_begins_elsewhere_is_a_site_nobody_can_read() -> None:
    assert lowered("arriving.filter(users::id.eq(1)).load::<User>(conn)") == ["{}"]


@pytest.mark.parametrize(
    ("code", "sql"),
    [
        (
            "table! { users { id -> Integer, r#type -> diesel::sql_types::Nullable<diesel::sql_types::Text>, } }",
            'CREATE TABLE "users" ("id" integer NOT NULL PRIMARY KEY, "type" text)',
        ),
        (
            'diesel::table! { use diesel::sql_types::*; /// doc\n #[sql_name = "a b"] shop.things (x, y) { #[max_length = 3] x -> Varchar, y -> Array<Nullable<Text>> } }',
            'CREATE TABLE "shop"."a b" ("x" character varying(3) NOT NULL, "y" text[] NOT NULL, PRIMARY KEY ("x", "y"))',
        ),
        (
            '#[diesel(postgres_type(name = "role_kind"))] pub struct Role; table! { a (id) { id -> Own, kind -> Nullable<Role>, } }',
            'CREATE TABLE "a" ("id" {} NOT NULL PRIMARY KEY, "kind" role_kind)',
        ),
        # A body that is being written: what stands there is read.
        (
            "table! { a (id) { id -> Int4, name -> , , other -> Bool, half } }",
            'CREATE TABLE "a" ("id" integer NOT NULL PRIMARY KEY, "name" {} NOT NULL, "other" boolean NOT NULL)',
        ),
        ("table! { a (id) { id -> Int4", None),
        ("table! { }", None),
        ("table! { a (id) { x, y } }", None),
        ("table! { a (id) }", None),
        ("joinable!(a -> ); alias!(as); table!();", None),
    ],
)  # fmt: skip
def test_a_table(code: str, sql: str | None) -> None:
    assert declared(code) == ([sql] if sql is not None else [])


def test_tables_of_one_name_for_each_engine_are_one() -> None:
    """What a file calls `users` may be any of three that are alike."""
    project = Project("", "shop", (Dependency("diesel"),))
    table = "table! { users (id) { id -> Integer, } }"
    code = "fn f(conn: &mut C) { users::table.load::<i32>(conn); }"
    sources = (("src/a.rs", table), ("src/b.rs", table), ("src/lib.rs", code))
    facts = [extract(Source(path, text.encode(), "rust", project=project)) for path, text in sources]
    (query,) = build_program(facts).files["src/lib.rs"].queries
    assert embed(query.text, "postgres").sql == 'SELECT "users"."id" FROM "users"'


@pytest.mark.parametrize(
    "code",
    [
        "users::table" + ".filter(users::id.eq(1))" * 3000 + ".load::<User>(conn)",
        "users::table.filter(" + "not(" * 2000 + "users::id.eq(1)" + ")" * 2000 + ").load::<User>(conn)",
        "let mut q = users::table.into_boxed();" + "q = q.filter(users::id.eq(1));" * 400 + "q.load::<User>(conn)",
        "let mut q = users::table.into_boxed();"
        + "q = if a { q.filter(users::id.eq(1)) } else { q.limit(1) };" * 50
        + "q.load::<User>(conn)",
        "f(" * 40
        + "users::table.filter(users::id.eq(1))"
        + ")" * 40
        + ".filter(g(" * 40
        + "))" * 40
        + ".load::<User>(conn)",
        "let a = b.filter(1); let b = a.filter(2); a.load::<User>(conn)",
        "users::table.inner_join(" * 500 + "users::table" + ")" * 500 + ".load::<User>(conn)",
        "users::table.filter(users::id.eq(1).load(conn",
        "if a { users::table } else { if b { users::table } else {" * 200 + "}.load::<User>(conn)",
    ],
)
def test_hostile_code_ends(code: str) -> None:
    lowered(code)


def test_half_a_file_still_gives_the_rest() -> None:
    found = lowered("users::table.load::<User>(conn); posts::table.filter(posts::id.eq( ; ")
    assert f'SELECT {USERS} FROM "users"' in found


def test_entities_are_shapes() -> None:
    project = Project("", "shop", (Dependency("diesel"),))
    (entity,) = extract(Source("a.rs", b"table! { a (id) { id -> Int4, } }", "rust", project=project)).entities
    assert isinstance(entity, Entity)
    assert entity.shape_only
