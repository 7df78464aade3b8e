"""Declarations of Drizzle in every form that they are written in, as the SQL that stands for them."""

import time

import pytest

from analyzer.discover.classify import discover
from analyzer.discover.files import RawFile
from analyzer.extract.extract import extract
from analyzer.facts.text import Text
from analyzer.program.program import Program, build_program
from analyzer.schema.models import create_table
from analyzer.sql.embed import embed

_PACKAGE = '{"name": "shop", "dependencies": {"drizzle-orm": "^0.45.0"}}'
_PG = 'import { sql } from "drizzle-orm";\nimport * as pg from "drizzle-orm/pg-core";\n'


def _program(*codes: str) -> Program:
    files = {"package.json": _PACKAGE} | {f"src/{'abcdef'[at]}.ts": code for at, code in enumerate(codes)}
    return build_program(
        extract(one) for one in discover([RawFile(name, text.encode()) for name, text in files.items()])
    )


def _written(text: Text) -> str:
    return embed(text, "postgres").sql


def _tables(*codes: str) -> dict[str, str]:
    program = _program(*codes)
    return {table.entity.name: _written(create_table(table)) for table in program.entities.tables}


FORMS = [
    ('import { pgTable as t, text } from "drizzle-orm/pg-core";\nconst users = t("users", { a: text() });', '"a" text'),
    ('const { pgTable, text } = require("drizzle-orm/pg-core");\nconst users = pgTable("users", { a: text() });', '"a" text'),
    (_PG + 'const users = pg.pgTable("users", (d) => ({ a: d.text() }));', '"a" text'),
    (_PG + 'const users = pg.pgTable("users", ({ text }) => { return { a: text() }; });', '"a" text'),
    (_PG + 'const columns = { a: pg.text() };\nconst users = pg.pgTable("users", columns);', '"a" text'),
    (_PG + 'const users = pg.pgTable("users", { ...{ a: pg.text() } });', '"a" text'),
    (_PG + 'const users = pg.pgTable("users", { "a-b": pg.text() }).enableRLS();', '"a-b" text'),
    (_PG + 'const users = pg.pgTable("users", { a: pg.text("b") } as const);', '"b" text'),
    (_PG + 'const A = "b";\nconst users = pg.pgTable("users", { a: pg.text(A) });', '"b" text'),
    (_PG + 'const a = pg.text("b").notNull();\nconst users = pg.pgTable("users", { a });', '"b" text NOT NULL'),
    (_PG + 'function a() { return pg.text("b"); }\nconst users = pg.pgTable("users", { a: a().notNull() });', '"b" text NOT NULL'),
    (_PG + 'const a = (n: string) => pg.text(n).notNull();\nconst users = pg.pgTable("users", { a: a("b") });', '"b" text NOT NULL'),
    (_PG + 'function a(n = "b") { return pg.text(n); }\nconst users = pg.pgTable("users", { x: a(), y: a("c") });', '"b" text, "c" text'),
    (_PG + 'const s = pg.pgEnum("s", ["x", "y"]);\nconst users = pg.pgTable("users", { a: s().array() });', '"a" "s"[]'),
    (_PG + 'const c = pg.customType({ dataType() { return "citext"; } });\nconst users = pg.pgTable("users", { a: c() });', '"a" citext'),
    (_PG + 'const c = pg.customType({ dataType: () => "citext" });\nconst users = pg.pgTable("users", { a: c("b") });', '"b" citext'),
    (_PG + 'const users = pg.pgTable("users", { a: pg.text().default(sql`upper(${"x"})`) });', "\"a\" text DEFAULT upper('x')"),
    (_PG + 'const users = pg.pgTable("users", { a: pg.integer().default(-1).$type<Id>() });', '"a" integer DEFAULT -1'),
    (_PG + "const users = pg.pgTable('users', { a: pg.text().default(`it's`) });", "\"a\" text DEFAULT 'it''s'"),
]  # fmt: skip


@pytest.mark.parametrize(("code", "column"), FORMS)
def test_forms_of_a_declaration(code: str, column: str) -> None:
    assert _tables(code) == {"users": f'CREATE TABLE "users" ({column})'}


UNKNOWN = [
    # A column may have any name, or be of any type.
    (_PG + 'import { id } from "@shop/columns";\nconst users = pg.pgTable("users", { a: pg.text(), id: id() });', '"a" text, {}'),
    (_PG + 'import { id } from "@shop/columns";\nconst users = pg.pgTable("users", { a: id("a").notNull() });', '"a" {} NOT NULL'),
    (_PG + 'import { o } from "@shop/options";\nconst users = pg.pgTable("users", { a: pg.varchar("a", o) });', '"a" {}'),
    (_PG + 'import { stamps } from "@shop/columns";\nconst users = pg.pgTable("users", { a: pg.text(), ...stamps });', '"a" text, {}'),
    (_PG + 'const users = pg.pgTable("users", { a: pg.text(), [key]: pg.text() });', '"a" text, {}'),
    (_PG + 'import { D } from "@shop/defaults";\nconst users = pg.pgTable("users", { a: pg.text().default(D) });', '"a" text DEFAULT {}'),
]  # fmt: skip


@pytest.mark.parametrize(("code", "columns"), UNKNOWN)
def test_what_nobody_knows_is_a_hole(code: str, columns: str) -> None:
    assert _tables(code) == {"users": f'CREATE TABLE "users" ({columns})'}


MAKERS = [
    ("pg.pgTableCreator((n) => `shop_${n}`)", 'CREATE TABLE "shop_users"'),
    ("pg.pgTableCreator((n) => PREFIX + n)", 'CREATE TABLE "my_users"'),
    ("pg.pgTableCreator(function (n) { return n; })", 'CREATE TABLE "users"'),
    ("pg.pgTableCreator((n) => `${env.PREFIX}_${n}`)", "CREATE TABLE {}_users"),
    ("pg.pgTableCreator((n) => n.toUpperCase())", "CREATE TABLE {}"),
    ("pg.pgTableCreator(naming)", "CREATE TABLE {}"),
]


@pytest.mark.parametrize(("maker", "head"), MAKERS)
def test_names_that_a_function_makes_also_of_another_file(maker: str, head: str) -> None:
    made = f'{_PG}const PREFIX = "my_";\nexport const table = {maker};\n'
    use = 'const users = table("users", { a: pg.text() });'
    found = _tables(made + use)["users"], _tables(made, f'{_PG}import {{ table }} from "./a";\n{use}')["users"]
    assert found == (f'{head} ("a" text)', f'{head} ("a" text)')


def test_a_function_of_a_package_makes_names_that_nobody_knows() -> None:
    code = _PG + 'import { table } from "@shop/db";\nconst users = table("users", { a: pg.text() });'
    assert _tables(code)["users"].startswith("CREATE TABLE {}users")


def test_calls_that_only_look_like_tables_are_none() -> None:
    code = _PG + (
        'const a = build("users", { a: pg });\nconst b = fetchAll("users", { id: one() });\nconst c = { name: text };\n'
        'const d = z.object({ id: z.string() });\nconst e = schema.table("users");\nconst text = (x: string) => x;\n'
        'const f = make("users", { a: text("a") });'
    )
    assert _tables(code) == {}


def test_keys_and_indexes() -> None:
    program = _program(
        _PG
        + """
const users = pg.pgTable("users", { id: pg.integer("user_id").primaryKey(), boss: pg.integer().references((): pg.AnyPgColumn => users.id) });
const orders = pg.pgTable("orders", {
  user: pg.integer("owner").references(() => { return users.id; }, { onDelete: "cascade" }).unique("one"),
  day: pg.date(),
}, ({ user, day }) => ({
  key: pg.primaryKey({ columns: [user, day] }),
  late: pg.check("late", sql`${day} > now()`),
  days: pg.index().on(day.desc(), sql`lower(${user})`),
  gone: unknown(user),
}));
"""
    )
    users, orders = program.entities.tables
    assert [_written(text) for text in users.clauses] == [
        'CONSTRAINT "users_boss_users_user_id_fk" FOREIGN KEY ("boss") REFERENCES "users" ("user_id")'
    ]
    assert [_written(text) for text in (*orders.clauses, *orders.statements)] == [
        'CONSTRAINT "orders_owner_users_user_id_fk" FOREIGN KEY ("owner") REFERENCES "users" ("user_id") ON DELETE cascade',
        'CONSTRAINT "one" UNIQUE ("owner")',
        'CONSTRAINT "orders_owner_day_pk" PRIMARY KEY ("owner", "day")',
        'CONSTRAINT "late" CHECK ("day" > now())',
        'CREATE INDEX "orders_day_index" ON "orders" ("day" DESC NULLS LAST, lower("owner"))',
    ]


RELATIONS = [
    "relations(orders, ({ one }) => ({ user: one(users, { fields: [orders.userId], references: [users.id] }) }))",
    "relations(orders, (r) => ({ user: r.one(users, { fields: [orders.userId], references: [users.id], relationName: 'x' }) }))",
    "defineRelations({ users, orders }, (r) => ({ orders: { user: r.one.users({ from: r.orders.userId, to: r.users.id }) } }))",
    "defineRelations({ users, orders }, (r) => ({ orders: { user: r.one.users({ from: [r.orders.userId], to: [r.users.id] }) } }))",
]


@pytest.mark.parametrize("code", RELATIONS)
def test_relations(code: str) -> None:
    tables = """
const users = pg.pgTable("users", { id: pg.integer() });
const orders = pg.pgTable("orders", { userId: pg.integer() });
"""
    program = _program(f'import {{ relations, defineRelations }} from "drizzle-orm";\n{_PG}{tables}const r = {code};')
    (relation,) = program.entities.tables[1].relations.values()
    assert (relation.name, relation.target, relation.many) == ("user", "users", False)
    assert relation.pairs == (("userId", "id"),)


def test_a_file_that_is_being_edited_keeps_its_other_tables() -> None:
    half = (
        _PG
        + 'const users = pg.pgTable("users", { id: pg.integer(), });\nconst orders = pg.pgTable("orders", {\n  id: pg.inte'
    )
    assert "users" in _tables(half)
    open_ = (
        _PG
        + 'const users = pg.pgTable("users", { id: pg.integer(), name: pg.text("na\n });\nconst carts = pg.pgTable("carts", { id: pg.text() });'
    )
    assert _tables(open_)


HOSTILE = [
    "pg.pgTable('users', { a: pg.text()" + ".notNull()" * 800 + " });",
    "pg.pgTable('users', " + "{ a: " * 800 + "1" + " }" * 800 + ");",
    "pg.pgTable('users', { a: pg.text().default(sql`" + "${sql`" * 200 + "`}" * 200 + "`) });",
    "pg.pgTable('users', { " + "...{ " * 300 + "a: pg.text()" + " }" * 300 + " });",
    "pg.pgTable('users', { a: a() }); const a = () => b(); const b = () => a();",
    "pg.pgTable('users', { ...users });",
    "pg.pgTable('users', { a: pg.text().references(() => users.a) }, (t) => [pg.index().on(" + "t.a, " * 2000 + ")]);",
    "pg.pgTableCreator((n) => users(n)); const b = users('b', { a: pg.text() });",
]


@pytest.mark.parametrize("code", HOSTILE)
def test_nothing_hangs_or_crashes(code: str) -> None:
    begin = time.monotonic()
    _tables(f"{_PG}const users = {code}")
    assert time.monotonic() - begin < 10
