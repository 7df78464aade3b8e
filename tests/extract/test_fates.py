"""Fates of calls that are no queries, and of code that nobody would write."""

import pytest

from tests.extract import javascript, python_source, rust_source


def fate(code: str, callee: str) -> tuple[str, bool]:
    found = [call for call in javascript.facts(code).calls if call.callee == callee]
    return found[0].fate, found[0].guarded


def test_a_call_of_a_function_has_a_fate() -> None:
    assert fate("import './database';\nmigrate().catch(console.error);", "migrate") == ("ignored", False)
    assert fate("import './database';\nmigrate().catch((e) => { process.exit(1); });", "migrate") == ("stops", False)
    assert fate("import './database';\nif (fresh) { migrate(); }", "migrate") == ("stops", True)


def test_a_function_ends_what_is_around_it() -> None:
    code = "import './database';\ntry { if (fresh) { function start() { migrate(); } } } catch {}"
    assert fate(code, "migrate") == ("stops", False)


def test_files_without_a_database_are_not_asked() -> None:
    assert fate("select(); try { paint(); } catch {}", "paint") == ("stops", False)


@pytest.mark.parametrize("depth", [50, 5000])
def test_deep_nesting_neither_crashes_nor_hangs(depth: int) -> None:
    javascript.facts("db.run('DELETE FROM orders', (err) => {" + "if (err) {" * depth + "}" * depth + "});")
    javascript.facts("try { db.run('DELETE FROM orders') } catch (" + "[" * depth + "e" + "]" * depth + ") {}")
    javascript.facts("try {" * depth + "db.run('DELETE FROM orders')" + "} catch {}" * depth)
    javascript.facts(
        "try { db.run('DELETE FROM orders') } catch (e) { if (" + "(" * depth + "e" + ")" * depth + ") throw e }"
    )
    python_source.facts(
        "import sqlite3\ntry:\n  conn.execute('DELETE FROM orders')\nexcept Exception as e:\n  " + "(" * depth + "e"
    )


def test_long_blocks_neither_crash_nor_hang() -> None:
    javascript.facts("for (;;) { try { db.run('DELETE FROM orders') } catch (e) { } }\n" * 2000)
    lines = "".join(f'    let row_{n} = sqlx::query("DELETE FROM orders").execute(pool).await;\n' for n in range(2000))
    rust_source.facts(f"use sqlx;\nasync fn prepare() {{\n{lines}}}\n")
