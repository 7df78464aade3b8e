"""Statements that nobody wrote: what SQLite compiles we understand, and what it refuses we do not call resolved."""

import re

import pytest
from hypothesis import Phase, given, note, settings
from hypothesis import strategies as st

pytest.importorskip("apsw")

import apsw

from analyzer.catalog.schema import Schema
from analyzer.sql.embed import embed_plain
from analyzer.sql.resolution import OutputColumn, Resolution
from analyzer.sql.resolve import resolve
from tests.queries.sqlite import Writer, view
from tests.queries.sqlite_engine import Said, ask
from tests.queries.sqlite_shop import Shop, shops
from tests.schema.histories.names import Draw, chance
from tests.schema.stepping import replayed_script

# A failure's statements are short enough to read, and shrinking takes minutes.
_PHASES = (Phase.explicit, Phase.reuse, Phase.generate)


@st.composite
def asked(draw: Draw) -> tuple[Shop, list[str]]:
    """A shop with its views, and statements over it."""
    shop = draw(shops())
    for number in range(draw(st.integers(0, 2))):
        sql, made = view(draw, shop, number)
        shop.ddl.append(sql)
        shop.tables.append(made)
    return shop, [Writer(draw, shop, int(chance(draw, 3))).statement() for _ in range(3)]


@settings(max_examples=settings().max_examples if settings().max_examples > 100 else 50, phases=_PHASES)
@given(asked())
def test_sqlite_says_the_same(case: tuple[Shop, list[str]]) -> None:
    shop, statements = case
    connection, schema = built(shop)
    for sql in statements:
        agree(connection, schema, sql)


def built(shop: Shop) -> tuple[apsw.Connection, Schema]:
    """The shop in SQLite and in ours, without the views that SQLite cannot read."""
    connection, ddl = apsw.Connection(":memory:"), list[str]()
    for sql in shop.ddl:
        connection.execute(sql)
        view_name = sql.split()[2] if sql.startswith("CREATE VIEW") else ""
        if view_name and (ask(connection, f"SELECT * FROM {view_name}").refusal):
            connection.execute(f"DROP VIEW {view_name}")
        else:
            ddl.append(sql)
            note(f"{sql};")
    for sql, row in shop.rows:
        connection.execute(sql, row)
    return connection, replayed_script(";\n".join(ddl), "sqlite")


def agree(connection: apsw.Connection, schema: Schema, sql: str) -> None:
    if _is_idle(sql):
        return
    said = ask(connection, sql)
    ours = resolve(embed_plain(sql), "sqlite", schema)
    note(f"{sql};  -- {said.refusal or 'compiles'}")
    if said.refusal:
        assert ours.status != "resolved" or not is_clean(ours), f"{sql}\nis refused: {said.refusal}"
        return
    assert is_clean(ours), (
        f"{sql}\ncompiles: {[each for each in ours.references if each.status == 'unresolved']} {ours.problems}"
    )
    columns = ours.statements[0].columns
    assert columns is not None, f"{sql}\ncompiles: {said.columns}"
    same_columns(sql, columns, said)


_WORDS, _SIGNS = re.compile(r"[A-Za-z]"), re.compile(r"[?:@$]|\A[(~.-]")


def _is_idle(sql: str) -> bool:
    """True where a CTE is read by nobody: SQLite does not look at it."""
    names = re.findall(r"\b(w\d+)(?:\([^)]*\))? AS ", sql)
    return any(len(re.findall(rf"\b{name}\b", sql, re.IGNORECASE)) < 2 for name in names)


def is_clean(ours: Resolution) -> bool:
    return bool(ours.statements) and not ours.problems and all(each.status != "unresolved" for each in ours.references)


def same_columns(sql: str, columns: tuple[OutputColumn, ...], said: Said) -> None:
    assert len(columns) == len(said.columns), sql
    for column, (name, _) in zip(columns, said.columns, strict=True):
        # The text of an expression that is all signs and parameters is a name nobody asks for.
        assert column.name == name or not _WORDS.search(name) or _SIGNS.search(name), f"{sql}\nnames"
    for column, (name, declared), classes in zip(columns, said.columns, said.classes, strict=True):
        if column.nullable is False:
            assert "NULL" not in classes, f"{sql}\n{name} is NULL"
        if not column.type.name:
            continue
        if declared is not None and column.source:
            assert column.type.raw == declared, f"{sql}\n{name} is {declared}"
        elif column.type.raw != declared:
            assert classes <= {"NULL", column.type.name}, (
                f"{sql}\n{name} holds {sorted(classes)}, not {column.type.name}"
            )
