"""No Python text may crash the reader or keep it busy."""

import time

import pytest

from tests.extract.python_source import facts

_HEAD = "import sqlite3\n"
_CASES = {
    "nested pattern": "(" * 3000 + "x" + ",)" * 3000 + " = y\nconn.execute(x)",
    "nested call": _HEAD + "conn.execute(" + "str(" * 3000 + "'SELECT 1'" + ")" * 3000 + ")",
    "long sum": _HEAD + "conn.execute(" + "+".join(["'SELECT 1'"] * 5000) + ")",
    "doubled name": _HEAD + "a = 'SELECT 1'\n" + "a = a + a\n" * 200 + "conn.execute(a)",
    "doubled format": _HEAD + "a = 'SELECT {0}{0}'\n" + "a = a.format(a)\n" * 40 + "conn.execute(a)",
    "replaced again": _HEAD + "conn.execute('" + "a" * 2000 + "'" + ".replace('a', 'aa')" * 20 + ")",
    "wide letters": _HEAD + "conn.execute('" + "é" * 20000 + "%s" * 2000 + "' % (" + "a," * 2000 + "))",
    "open braces": _HEAD + "conn.execute('SELECT " + "{" * 20000 + "'.format(1))",
    "nested type": "@dataclass\nclass User:\n  id: " + "Optional[" * 2000 + "int" + "]" * 2000,
    "nested lambda": "f = " + "lambda x: " * 2000 + "conn.execute('SELECT 1')",
    "chained calls": _HEAD + "conn.execute(a" + ".b()" * 2000 + ")",
    "many cursors": _HEAD + "def f(cur):\n" + " cur.execute('SELECT 1')\n yield User(*cur.fetchone())\n" * 1000,
}


@pytest.mark.parametrize("code", _CASES.values(), ids=_CASES)
def test_time_stays_small(code: str) -> None:
    start = time.perf_counter()
    facts(code)
    assert time.perf_counter() - start < 10
