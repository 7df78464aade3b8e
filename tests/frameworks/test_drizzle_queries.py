"""Chains of Drizzle's query builder, as the SQL they are lowered to."""

import pytest

from analyzer.discover.classify import discover
from analyzer.discover.config import Config
from analyzer.discover.files import RawFile
from analyzer.engine import analyze
from analyzer.link.linked import LinkedQuery

_PACKAGE = '{"name": "shop", "dependencies": {"drizzle-orm": "^0.44.0"}}'
_SCHEMA = """
import { integer, DIALECTTable, text, varchar } from "drizzle-orm/DIALECT-core";
export const users = DIALECTTable("users", { id: integer("id").primaryKey(), email: varchar("email"), name: text("full_name"), boss: integer("boss_id") });
export const orders = DIALECTTable("orders", { id: integer("id").primaryKey(), userId: integer("user_id").notNull(), note: text("note") });
"""
_RELATIONS = """
import { relations } from "drizzle-orm";
import { orders, users } from "./schema";
export const usersRelations = relations(users, ({ many }) => ({ orders: many(orders) }));
export const ordersRelations = relations(orders, ({ one }) => ({ user: one(users, { fields: [orders.userId], references: [users.id] }) }));
"""
_HEAD = """
import { aliasedTable, and, asc, count, desc, eq as same, exists, gt, inArray, isNull, max, not, or, sql } from "drizzle-orm";
import { db } from "./db";
import { orders, users } from "./schema";
"""


def _queries(code: str, dialect: str = "pg") -> list[LinkedQuery]:
    files = {
        "package.json": _PACKAGE,
        "schema.ts": _SCHEMA.replace("DIALECT", dialect),
        "relations.ts": _RELATIONS,
        "app.ts": _HEAD + code,
    }
    sources = discover([RawFile(path, text.encode()) for path, text in files.items()])
    return [query for query in analyze(sources, Config()).graph.queries if query.query.framework == "drizzle"]


def _sql(code: str, dialect: str = "pg") -> list[str]:
    return [query.sql for query in _queries(code, dialect)]


_SELECTS = {
    "db.select().from(users)": 'SELECT "users".* FROM "users"',
    "db.select({ n: count(), top: max(users.id) }).from(users)": 'SELECT COUNT(*), MAX("users"."id") FROM "users"',
    "db.select({ who: { id: users.id }, order: orders }).from(users).leftJoin(orders, same(orders.userId, users.id))": 'SELECT "users"."id", "orders".* FROM "users" LEFT JOIN "orders" ON "orders"."user_id" = "users"."id"',
    "db.select().from(users).crossJoin(orders)": 'SELECT "users".*, "orders".* FROM "users" CROSS JOIN "orders"',
    "db.selectDistinctOn([users.email], { id: users.id }).from(users).orderBy(users.email, desc(users.id))": 'SELECT DISTINCT ON ("users"."email") "users"."id" FROM "users" ORDER BY "users"."email", "users"."id" DESC',
    "db.select().from(users).where(and(gt(users.id, 1), or(isNull(users.name), not(same(users.name, 'x')))))": 'SELECT "users".* FROM "users" WHERE "users"."id" > 1 AND ("users"."full_name" IS NULL OR NOT ("users"."full_name" = \'x\'))',
    "db.select().from(users).where(inArray(users.id, [1, 2])).limit(10).offset(5)": 'SELECT "users".* FROM "users" WHERE "users"."id" IN (1, 2) LIMIT 10 OFFSET 5',
    "db.select().from(users).where(inArray(users.id, db.select({ id: orders.userId }).from(orders)))": 'SELECT "users".* FROM "users" WHERE "users"."id" IN (SELECT "orders"."user_id" FROM "orders")',
    "db.select().from(users).where(exists(db.select().from(orders)))": 'SELECT "users".* FROM "users" WHERE EXISTS (SELECT "orders".* FROM "orders")',
    "db.select().from(users).where(flag ? same(users.id, 1) : undefined)": 'SELECT "users".* FROM "users" WHERE "users"."id" = 1',
    "db.select().from(users).where(made(users))": 'SELECT "users".* FROM "users" WHERE {}',
    "db.select().from(users).where(undefined)": 'SELECT "users".* FROM "users"',
    "db.select().from(users).union(db.select().from(users)).orderBy(asc(users.id))": 'SELECT "users".* FROM "users" UNION SELECT "users".* FROM "users" ORDER BY "users"."id" ASC',
    "db.select({ n: sql<number>`count(*)`.as('n') }).from(users).groupBy(users.name).having(({ n }) => gt(n, 1))": 'SELECT count(*) AS "n" FROM "users" GROUP BY "users"."full_name" HAVING count(*) > 1',
    "db.select({ n: sql<number | null>`max(${users.id})` }).from(users).for('update')": 'SELECT max("users"."id") FROM "users" FOR UPDATE',
    "db.select({ n: count().mapWith(Number), top: max(users.id).as('top'), raw: sql.raw('1').mapWith(Number) }).from(users)": 'SELECT COUNT(*), MAX("users"."id") AS "top", 1 FROM "users"',
    "db.select().from(users)[flag ? 'innerJoin' : 'leftJoin'](orders, same(orders.userId, users.id)).limit(1)": 'SELECT "users".*, "orders".* FROM "users" LEFT JOIN "orders" ON "orders"."user_id" = "users"."id" LIMIT 1',
    "db.$count(users, same(users.id, 1))": 'SELECT COUNT(*) FROM "users" WHERE "users"."id" = 1',
    "(await connect()).select().from(users)": 'SELECT "users".* FROM "users"',
}
_WRITES = {
    "db.insert(users).values({ id: 1, name: 'x', ...rest })": 'INSERT INTO "users" ("id", "full_name", {}) VALUES (1, \'x\', {})',
    "db.insert(users).values([{ id: 1 }, { id: 2, name: null }])": 'INSERT INTO "users" ("id", "full_name") VALUES (1, DEFAULT), (2, NULL)',
    "db.insert(users).values(list.map((one) => ({ id: one.id })))": 'INSERT INTO "users" ("id") VALUES ($1)',
    "db.insert(users).values({ id: 1, name: undefined })": 'INSERT INTO "users" ("id") VALUES (1)',
    "db.insert(users).values(row)": 'INSERT INTO "users" ({}) VALUES ({})',
    "db.insert(users).values({ id: 1 }).onConflictDoNothing().returning({ id: users.id })": 'INSERT INTO "users" ("id") VALUES (1) ON CONFLICT DO NOTHING RETURNING "users"."id"',
    "db.insert(users).values({ id: 1 }).onConflictDoUpdate({ target: users.id, set: { name: sql`excluded.full_name` } }).returning()": 'INSERT INTO "users" ("id") VALUES (1) ON CONFLICT ("id") DO UPDATE SET "full_name" = excluded.full_name RETURNING *',
    "db.insert(orders).select(db.select({ id: users.id, userId: users.id }).from(users))": 'INSERT INTO "orders" ("id", "user_id") SELECT "users"."id", "users"."id" FROM "users"',
    "db.update(users).set({ name: 'x', boss: sql`${users.boss} + 1` }).where(same(users.id, 1))": 'UPDATE "users" SET "full_name" = \'x\', "boss_id" = "users"."boss_id" + 1 WHERE "users"."id" = 1',
    "db.update(users).set(patch)": 'UPDATE "users" SET {}',
    "db.update(users).set({ name: orders.note }).from(orders).where(same(orders.userId, users.id))": 'UPDATE "users" SET "full_name" = "orders"."note" FROM "orders" WHERE "orders"."user_id" = "users"."id"',
    "db.delete(orders).where(same(orders.id, 1)).returning()": 'DELETE FROM "orders" WHERE "orders"."id" = 1 RETURNING *',
    "db.delete(orders)": 'DELETE FROM "orders"',
}
_RELATIONAL = {
    "db.query.users.findMany()": 'SELECT "users".* FROM "users" AS "users"',
    "db.query.users.findFirst({ columns: { id: true }, where: same(users.id, 1) })": 'SELECT "users"."id" FROM "users" AS "users" WHERE ("users"."id" = 1) LIMIT 1',
    "db.query.orders.findMany({ columns: { note: false }, with: { user: true } })": 'SELECT "orders".*, "orders_user".* FROM "orders" AS "orders" LEFT JOIN "users" AS "orders_user" ON "orders_user"."id" = "orders"."user_id"',
    "db.query.orders.findMany({ where: { id: { gt: 1 }, OR: [{ note: 'a' }, { note: { isNull: true } }] }, orderBy: { id: 'desc' } })": 'SELECT "orders".* FROM "orders" AS "orders" WHERE ("orders"."id" > 1 AND ("orders"."note" = \'a\' OR "orders"."note" IS NULL)) ORDER BY "orders"."id"',
    "db.query.orders.findMany({ where: (o, { eq, sql: raw }) => raw`${o.id} > 1`, orderBy: (o, { desc }) => [desc(o.id)], limit: 3 })": 'SELECT "orders".* FROM "orders" AS "orders" WHERE ("orders"."id" > 1) ORDER BY "orders"."id" DESC LIMIT 3',
    "db.query.orders.findMany({ with: { user: { where: same(users.id, 1) } } })": 'SELECT "orders".*, "orders_user".* FROM "orders" AS "orders" LEFT JOIN "users" AS "orders_user" ON "orders_user"."id" = "orders"."user_id" WHERE ("orders_user"."id" = 1)',
}
_CHOSEN = {
    "(table) => db.select().from(table).where(same(table.id, 1))": "SELECT {} FROM {} WHERE {} = 1",
    "(name) => db.query[name].findMany({ columns: { id: true } })": "SELECT {} FROM {}",
    "(table, row) => db.insert(table).values(row)": "INSERT INTO {} ({}) VALUES ({})",
    "(table) => db.update(table).set({ name: 'x' })": "UPDATE {} SET {} = 'x'",
}
_TEMPLATES = {
    "db.execute(sql`select ${users.id} from ${users} where ${users.name} = ${name}`)": 'select "users"."id" from "users" where "users"."full_name" = $1',
    "db.execute(sql`select * from users where ${and(same(users.id, 1), undefined)}`)": 'select * from users where ("users"."id" = 1)',
    "db.execute(sql`select * from users where id in ${ids}`)": "select * from users where id in ($1)",
    "db.execute(sql`select * from users where id in (${sql.join([sql`1`, sql`2`], sql`, `)})`)": "select * from users where id in (1, 2)",
    "db.execute(sql`select ${sql.identifier('id')} from ${sql.raw('users')}${sql.empty()}`)": 'select "id" from users',
    "db.all(sql.raw('select id from users'))": "select id from users",
    "db.run(sql`delete from ${users} where ${sql`${users.id} = ${id}`}`)": 'delete from "users" where "users"."id" = $1',
    "db.execute(sql`select ${users.name.name} from users`)": 'select "full_name" from users',
}


@pytest.mark.parametrize(
    ("call", "sql"), [*_SELECTS.items(), *_WRITES.items(), *_RELATIONAL.items(), *_TEMPLATES.items()]
)
def test_a_chain_as_sql(call: str, sql: str) -> None:
    assert _sql(f"export async function run(flag, rest, list, row, patch, name, ids, id) {{ return {call}; }}") == [sql]


_LINES = {
    "const boss = aliasedTable(users, 'boss'); await db.select({ a: boss.name }).from(users).leftJoin(boss, same(boss.id, users.boss));": [
        'SELECT "boss"."full_name" FROM "users" LEFT JOIN "users" AS "boss" ON "boss"."id" = "users"."boss_id"'
    ],
    "const sq = db.select({ n: orders.id }).from(orders).as('sq'); await db.select({ n: sq.n }).from(sq);": [
        'SELECT "sq"."n" FROM (SELECT "orders"."id" AS "n" FROM "orders") AS "sq"'
    ],
    "const all = db.$with('all').as(db.select().from(users)); await db.with(all).select({ n: all.name }).from(all);": [
        'WITH "all" AS (SELECT "users".* FROM "users") SELECT "all"."full_name" FROM "all"'
    ],
    "let q = db.select().from(users).$dynamic(); if (flag) { q = q.where(same(users.id, 1)); } return await q.limit(2);": [
        'SELECT "users".* FROM "users" WHERE "users"."id" = 1 LIMIT 2'
    ],
    "const where = []; if (flag) where.push(same(users.id, 1)); where.push(gt(users.id, 0)); await db.select().from(users).where(and(...where));": [
        'SELECT "users".* FROM "users" WHERE "users"."id" = 1 AND "users"."id" > 0'
    ],
    "let where = gt(users.id, 0); if (flag) where = and(where, isNull(users.name)); await db.delete(users).where(where);": [
        'DELETE FROM "users" WHERE "users"."id" > 0 AND "users"."full_name" IS NULL'
    ],
    "const row = { id: 1 }; await db.insert(users).values(row); await db.insert(users).values([row, { id: 2 }]);": [
        'INSERT INTO "users" ("id") VALUES (1)',
        'INSERT INTO "users" ("id") VALUES (1), (2)',
    ],
    "for (const table of [orders, users]) { await db.delete(table).where(same(table.id, 1)); }": [
        'DELETE FROM "orders" WHERE "orders"."id" = 1',
        'DELETE FROM "users" WHERE "users"."id" = 1',
    ],
    "for (const table of list) { await db.delete(table).where(same(table.id, 1)); }": ["DELETE FROM {} WHERE {} = 1"],
    "await db.batch([db.delete(users), db.select().from(orders)]);": [
        'DELETE FROM "users"',
        'SELECT "orders".* FROM "orders"',
    ],
    "const { users: people } = schema; flag.delete(rest); Array.from(list); rest.select().from('users'); list.update('x').set({});": [],
}


@pytest.mark.parametrize(("lines", "sql"), _LINES.items())
def test_chains_over_several_statements(lines: str, sql: list[str]) -> None:
    assert _sql(f"export async function run(flag, rest, list) {{ {lines} }}") == sql


def test_each_dialect_quotes_in_its_own_way() -> None:
    call = "export const find = () => db.select({ id: users.id }).from(users);"
    assert _sql(call, "mysql") == _sql(call, "sqlite") == ["SELECT `users`.`id` FROM `users`"]
    assert _sql(
        "export const put = () => db.insert(users).values({ id: 1 }).onDuplicateKeyUpdate({ set: { name: 'x' } });",
        "mysql",
    ) == ["INSERT INTO `users` (`id`) VALUES (1) ON DUPLICATE KEY UPDATE `full_name` = 'x'"]


@pytest.mark.parametrize(("function", "sql"), _CHOSEN.items())
def test_a_table_that_the_code_chooses_is_a_site_whose_tables_nobody_knows(function: str, sql: str) -> None:
    (query,) = _queries(f"export const run = {function};")
    assert (query.sql, query.status, query.reason) == (sql, "unresolved", "dynamic-table")


def test_a_parameter_may_have_the_type_of_a_table() -> None:
    assert _sql("export const all = (table: typeof users) => db.select({ n: table.name }).from(table);") == [
        'SELECT "users"."full_name" FROM "users"'
    ]


@pytest.mark.parametrize("cut", range(0, 170, 7))
def test_a_file_that_is_being_edited_gives_what_stands_before(cut: int) -> None:
    whole = "export const find = (id) => db.select({ id: users.id }).from(users).leftJoin(orders, same(orders.userId, users.id)).where(sql`${users.id} = ${id} and ${users.name} is null`);"
    code = "export const first = () => db.select().from(orders);\n" + whole[:cut]
    assert _sql(code)[0] == 'SELECT "orders".* FROM "orders"'


def test_hostile_code_ends() -> None:
    doubled = "".join(
        f"const a{n + 1} = sql`${{a{n}}} ${{a{n}}}`; const c{n + 1} = and(c{n}, c{n});" for n in range(40)
    )
    deep = "and(" * 400 + "same(users.id, 1)" + ")" * 400
    code = f"const a0 = sql`1`; const c0 = same(users.id, 1); {doubled} const x = and(x, y); const y = and(y, x);"
    code += f"db.select().from(users).where(a40); db.select().from(users).where(c40); db.select().from(users).where({deep}); db.delete(users).where(x);"
    assert len(_sql(code)) == 4
