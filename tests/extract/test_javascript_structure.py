"""Functions, owners, loops, calls, origins, imports of JavaScript and TypeScript."""

import time

import pytest

from analyzer.facts.origin import CallOrigin, LiteralOrigin, LoopOrigin, NameOrigin, ParameterOrigin
from tests.extract.javascript import PG, facts, queries


def test_functions_have_names_and_owners() -> None:
    code = """
    function find(id) {}
    const list = async (a, { b, c = 1 }, ...rest) => {};
    exports.save = function () {};
    module.exports = { remove() {}, update: async id => id };
    class Users { static all() {} load = async () => {}; #hidden() {} }
    Users.prototype.old = function () {};
    const insert = db.transaction((rows) => {});
    """
    found = {function.qualified: function for function in facts(code, "javascript").functions}
    assert set(found) == {
        "find", "list", "save", "remove", "update", "Users.all", "Users.load", "Users.#hidden", "old", "insert",
    }  # fmt: skip
    assert [parameter.name for parameter in found["list"].parameters] == ["a", "", "rest"]
    assert found["list"].parameters[1].names == ("b", "c")


def test_parameters_have_types() -> None:
    code = "class Users { async find(this: Users, id: string, name?: string | null, { a }: Filter = {}) {} }"
    (function,) = facts(code).functions
    assert [(p.name, p.type, p.host.name, p.host.optional) for p in function.parameters] == [
        ("id", "string", "string", False),
        ("name", "string | null", "string", True),
        ("", "Filter", "Filter", False),
    ]


@pytest.mark.parametrize(
    ("code", "kind", "variables", "over"),
    [
        ("for (const order of orders) {}", "for", ("order",), "orders"),
        ("for await (const { id, total: sum } of orders) {}", "for", ("id", "sum"), "orders"),
        ("for (const key in orders) {}", "for", ("key",), "orders"),
        ("for (let i = 0, n = 3; i < n; i++) {}", "for", ("i", "n"), "i < n"),
        ("while (more) {}", "while", (), "(more)"),
        ("do {} while (more);", "while", (), "(more)"),
        ("orders.map((order) => order);", "callback", ("order",), "orders"),
        ("orders.map(order => order);", "callback", ("order",), "orders"),
        ("orders.forEach(async function ({ id }, i) {});", "callback", ("id",), "orders"),
        ("orders.reduce((sum, order) => sum, 0);", "callback", ("order",), "orders"),
        ("async.eachSeries(orders, (order, next) => {});", "callback", ("order",), "orders"),
        ("pMap(orders, async (order) => {});", "callback", ("order",), "orders"),
    ],
)
def test_loops(code: str, kind: str, variables: tuple[str, ...], over: str) -> None:
    for language in ("javascript", "typescript", "tsx"):
        (loop,) = facts(code, language).loops  # type: ignore[arg-type]
        assert (loop.kind, loop.variables, loop.over_text) == (kind, variables, over)


def test_loop_over_a_literal_has_a_count() -> None:
    (loop,) = facts("for (const status of ['open', 'paid']) {}").loops
    assert loop.items == 2


def test_origins() -> None:
    code = (
        PG
        + """function save(user: User, rows: Row[]) {
      const now = clock.now();
      for (const row of rows) {
        const id = row.id;
        pool.query('SELECT $1', ['a', user.id, row.id.trim(), id, `${id}`, now, config.limit, 1]);
      }
    }"""
    )
    (query,) = queries(code)
    assert query.arguments is not None
    assert query.arguments.complete
    origins = [value.origin for value in query.arguments.values]
    assert [type(origin) for origin in origins] == [
        LiteralOrigin, ParameterOrigin, LoopOrigin, LoopOrigin, LoopOrigin, CallOrigin, NameOrigin, LiteralOrigin,
    ]  # fmt: skip


def test_an_indexed_element_comes_from_the_loop() -> None:
    code = (
        PG
        + "function list(ids) { for (let i = 0; i < ids.length; i++) pool.query('SELECT $1, $2', [ids[i], ids[0]]); }"
    )
    (query,) = queries(code, "javascript")
    assert query.arguments is not None
    assert [type(value.origin) for value in query.arguments.values] == [LoopOrigin, ParameterOrigin]


def test_a_query_in_promise_all_is_in_a_loop() -> None:
    code = PG + "async function list(ids) { await Promise.all(ids.map(async (id) => pool.query('SELECT $1', [id]))); }"
    (query,) = queries(code, "javascript")
    assert len(query.loops) == 1


def test_awaited_callee_with_type_arguments_is_its_name() -> None:
    callees = [call.callee for call in facts("const users = await db?.list<User>(1);").calls]
    assert callees == ["db.list"]


def test_imports() -> None:
    code = """
    import pg, { Pool as Connections, type Client } from 'pg';
    import * as fs from 'fs';
    import './setup';
    import legacy = require('legacy');
    const mysql = require('mysql2/promise');
    const { Database, open: start } = require('sqlite3');
    const Cursor = require('pg-cursor').Cursor;
    async function load() { const { sql } = await import('./db'); }
    """
    found = [(entry.module, entry.name, entry.alias) for entry in facts(code).imports]
    assert found == [
        ("pg", "default", "pg"), ("pg", "Client", "Client"), ("pg", "Pool", "Connections"), ("fs", "", "fs"), ("./setup", "", ""),
        ("legacy", "", "legacy"), ("mysql2/promise", "", "mysql"), ("sqlite3", "Database", "Database"),
        ("sqlite3", "open", "start"), ("pg-cursor", "Cursor", "Cursor"), ("./db", "sql", "sql"),
    ] or sorted(found) == sorted([
        ("pg", "default", "pg"), ("pg", "Client", "Client"), ("pg", "Pool", "Connections"), ("fs", "", "fs"), ("./setup", "", ""),
        ("legacy", "", "legacy"), ("mysql2/promise", "", "mysql"), ("sqlite3", "Database", "Database"),
        ("sqlite3", "open", "start"), ("pg-cursor", "Cursor", "Cursor"), ("./db", "sql", "sql"),
    ])  # fmt: skip


def test_models() -> None:
    code = """
    interface User extends Base { readonly id: number; 'display-name'?: string; email: string | null; tags: string[]; greet(): void }
    type Order = { status: 'open' | 'paid'; total: 1 | 'a' } & Timed;
    type Id = string;
    export class Product { static count = 0; name: string; price?: number; constructor(private db: Pool) {} }
    """
    models = {model.name: model for model in facts(code).models}
    assert set(models) == {"User", "Order", "Product"}
    user = {field.column: (field.type.name, field.type.optional) for field in models["User"].fields}
    assert user == {
        "id": ("number", False),
        "display-name": ("string", True),
        "email": ("string", True),
        "tags": ("array", False),
    }
    assert models["User"].bases == ("Base",)
    assert models["Order"].bases == ("Timed",)
    assert [(field.name, field.type.name) for field in models["Order"].fields] == [("status", "string"), ("total", "")]
    assert [field.name for field in models["Product"].fields] == ["name", "price"]


@pytest.mark.parametrize(
    "code",
    [
        "const users = await sql<User[]>`SELECT 1`;",
        "const users = sql<{ id: string }[]>`SELECT 1`;",
        "const users = sql<{ id: string }>`SELECT 1`;",
        "return tx.$queryRaw<{ id: string }[]>`SELECT 1`;",
    ],
)
def test_a_tag_with_type_arguments_is_no_syntax_error(code: str) -> None:
    assert facts(f"async function list() {{ {code} }}").errors == ()
    assert len(facts(f"async function list() {{ {code} }}\nconst = ;").errors) == 1


def test_a_long_function_of_few_names_takes_no_square_time() -> None:
    line = "a=b+c;var b=d(a,c);if(a){b.query(c+d,[a])}c.map(function(a){return b(a)});"

    def seconds(lines: int) -> float:
        code = "!function(){" + line * lines + "}();"
        start = time.perf_counter()
        facts(code, "javascript", ("pg",))
        return time.perf_counter() - start

    seconds(100)
    # Linear is 16 times, square 256 times.
    assert seconds(4000) < 80 * max(seconds(250), 0.01)
