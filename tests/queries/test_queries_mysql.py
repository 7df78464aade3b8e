"""Queries that nobody wrote: what MariaDB prepares we understand, and what it refuses we do not call resolved."""

from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, given, note, settings
from hypothesis import strategies as st

from analyzer.sql.embed import embed_plain
from analyzer.sql.resolve import resolve
from tests.queries.mysql import ROWS, TABLES, Asker
from tests.schema.histories.names import Draw, chance
from tests.schema.stepping import replayed_script

DDL = [
    f"CREATE TABLE `{name}` ({', '.join(f'`{column}` {type_}' for column, type_ in columns)})"
    for name, columns in TABLES.items()
]
SCHEMA = replayed_script(";\n".join(DDL), "mysql")
# Codes of the protocol, as families that one value can be told by.
_FAMILIES = {
    0: "decimal", 246: "decimal", 1: "int", 2: "int", 3: "int", 8: "int", 9: "int", 13: "int", 4: "float", 5: "float", 10: "date", 11: "time", 12: "timestamp",
    7: "timestamp", 253: "text", 254: "text", 252: "text", 249: "text", 250: "text", 251: "text", 15: "text", 6: "null",
}  # fmt: skip
_SAME = {"timestamptz": "timestamp", "bytes": "text", "json": "text", "bool": "int", "enum": "text"}


_PHASES = (Phase.explicit, Phase.reuse, Phase.generate)


@st.composite
def asked(draw: Draw) -> str:
    return Asker(draw, int(chance(draw, 3))).query()


@pytest.fixture
def shop(fresh_mariadb: Any) -> Any:
    with fresh_mariadb.cursor() as cursor:
        for sql in ("SET sql_mode = ''", *DDL, *ROWS):
            cursor.execute(sql)
    return fresh_mariadb


@settings(max_examples=min(2000, settings().max_examples), suppress_health_check=list(HealthCheck), phases=_PHASES)
@given(sql=asked())
def test_mariadb_says_the_same(shop: Any, sql: str) -> None:
    agree(shop, sql)


def agree(shop: Any, sql: str) -> None:
    ours = resolve(embed_plain(sql), "mysql", SCHEMA)
    clean = bool(ours.statements) and not ours.problems and all(each.status != "unresolved" for each in ours.references)
    fields, rows, refusal = ask(shop, sql)
    note(f"{sql}  -- {refusal or 'runs'}")
    if refusal:
        assert ours.status != "resolved" or not clean, f"{sql}\nis refused: {refusal}"
        return
    assert clean, (
        f"{sql}\ncompiles: {[each for each in ours.references if each.status == 'unresolved']} {ours.problems} {ours.reason}"
    )
    columns = ours.statements[0].columns
    assert columns is not None, f"{sql}\ncompiles"
    assert [each.name for each in columns] == [field.name for field in fields], (
        f"{sql}\nnames {[field.name for field in fields]}"
    )
    for at, (column, field) in enumerate(zip(columns, fields, strict=True)):
        if column.nullable is False:
            assert all(row[at] is not None for row in rows), f"{sql}\n{column.name} is NULL"
        family = _FAMILIES.get(field.type_code, "")
        said = _SAME.get(column.type.family, column.type.family)
        if column.type.is_known and family not in ("", "null"):
            assert said == family, f"{sql}\n{column.name} holds {family}, not {column.type.name}"


def ask(shop: Any, sql: str) -> tuple[list[Any], list[Any], str]:
    """Columns, rows and the refusal; what was written is taken back. A bad value is no refusal of the text."""
    import pymysql  # noqa: PLC0415 - only where the server is

    shop.begin()
    try:
        with shop.cursor() as cursor:
            cursor.execute(sql)
            return (
                (list(cursor._result.fields or []), list(cursor.fetchall()), "") if cursor.description else ([], [], "")
            )
    except pymysql.MySQLError as error:
        code, message = (*error.args, "")[:2]
        return [], [], "" if code in _OF_ROWS else f"{code} {message}"
    finally:
        shop.rollback()


# Duplicate keys, out of range, truncated, bad JSON.
_OF_ROWS = frozenset({1062, 1264, 1265, 1292, 1366, 1690, 4038, 1048})
