"""Every query of the corpora: PostgreSQL prepares it and we have nothing against it, or it refuses it and we do not call it resolved."""

import re
from collections.abc import Callable
from itertools import count
from typing import Any

import pytest

from analyzer.link.linked import LinkedQuery
from analyzer.schema.history import History
from analyzer.sql.embed import embed
from analyzer.sql.placeholders import canonicalise
from tests.queries.corpora import asked_of
from tests.queries.test_queries_postgres import OURS, describe, printed
from tests.schema.replaying import scripts

psycopg = pytest.importorskip("psycopg")
_PLACEHOLDER = re.compile(r" :p(\d+) ")
# What the corpora's scripts leave to others: an extension, SQLite's own table, a table of code, a constraint another rule asks for.
_ELSEWHERE = re.compile('"(citext|sqlite_master|stock|users_email_key)"')
_NUMBERS = count(1)
_COLUMNS = """
SELECT c.relname, a.attname FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace JOIN pg_attribute a ON a.attrelid = c.oid
WHERE a.attnum > 0 AND NOT a.attisdropped AND c.relkind IN ('r', 'p', 'v', 'm') AND n.nspname NOT LIKE 'pg\\_%' AND n.nspname <> 'information_schema'"""


def database(history: History, uri: Callable[[str], str]) -> Any:
    """A connection to what the scripts build; None where the engine does not build what we replayed."""
    name = f"corpus_{next(_NUMBERS)}"
    with psycopg.connect(uri("postgres"), autocommit=True) as admin:
        admin.execute(f"CREATE DATABASE {name}")
    connection = psycopg.connect(uri(name), autocommit=True)
    try:
        for script in scripts(history):
            connection.execute(script)
    except psycopg.Error:
        connection.close()
        return None
    ours = {(table.name, column.name) for table in history.schema.tables.values() for column in table.columns}
    theirs = set(connection.execute(_COLUMNS).fetchall())
    if theirs and ours == theirs:
        return connection
    connection.close()
    return None


def text_of(linked: LinkedQuery) -> str:
    """The statement with `$n` for what is bound, whatever the driver writes."""
    canonical = canonicalise(embed(linked.query.text), "postgres", linked.query.paramstyle)
    return _PLACEHOLDER.sub(lambda found: f" ${canonical.placeholders[int(found[1])].position} ", canonical.sql)


def test_postgres_and_we_agree_on_the_corpora(postgres_uri: Callable[[str], str]) -> None:
    wrong, compared, databases = list[str](), 0, dict[tuple[str, str], Any]()
    for corpus, linked, history in asked_of("postgres"):
        key = corpus, history.schema.name
        if key not in databases:
            databases[key] = database(history, postgres_uri)
        if databases[key] is None or not linked.resolution.statements:
            continue
        compared += 1
        sql = text_of(linked)
        code, message, columns, parameters = describe(databases[key], sql)
        faults = [link for link in linked.links if link.status == "unresolved" and link.reason not in ("row", "read")]
        if code:
            if (
                code in OURS
                and not _ELSEWHERE.search(message)
                and not faults
                and not linked.problems
                and linked.status == "resolved"
            ):
                wrong.append(f"{corpus}: {sql}\n  is refused: {code} {message}")
            continue
        if faults or linked.problems:
            wrong.append(f"{corpus}: {sql}\n  is prepared: {faults or linked.problems}")
        given = linked.resolution.statements[0].columns
        if given is not None:
            names = [(each.name, printed(each.type, history.schema)) for each in given]
            theirs = [
                (mine if each.force or each.override_type else name, type_ if shown else "")
                for (name, type_), (mine, shown), each in zip(columns, names, given, strict=False)
            ]
            if len(columns) != len(given) or names != theirs:
                wrong.append(f"{corpus}: {sql}\n  gives {columns}\n  not   {names}")
        mine = {each.position: each.type.name for each in linked.resolution.statements[0].parameters}
        wrong += [
            f"{corpus}: {sql}\n  ${at} is {theirs}, not {mine[at]}"
            for at, theirs in enumerate(parameters, 1)
            if mine.get(at) and mine[at] not in (theirs, "character" if theirs == "bpchar" else theirs)
        ]
    for connection in databases.values():
        if connection is not None:
            connection.close()
    assert not wrong, f"{len(wrong)} of {compared}\n" + "\n".join(wrong)
    assert compared > 100
