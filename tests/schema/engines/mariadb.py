"""What MariaDB built, by its information schema.

What comes in: a connection of which one database is chosen. What goes out: {table: TableShape}. MariaDB prints display widths that MySQL 8 leaves out:
types are compared as MySQL 8 prints them. Names of unnamed checks differ between the two and are left out.
"""

from typing import Any

from analyzer.catalog.types import parse_type
from analyzer.sql.canonical import canonical
from tests.schema.engines.shapes import ColumnShape, IndexShape, TableShape, mysql_default

_TABLES = (
    "SELECT table_name FROM information_schema.tables WHERE table_schema = database() AND table_type = 'BASE TABLE'"
)
_VIEWS = "SELECT table_name FROM information_schema.tables WHERE table_schema = database() AND table_type = 'VIEW'"
_COLUMNS = (
    "SELECT table_name, column_name, column_type, is_nullable, column_default, extra, generation_expression FROM information_schema.columns"
    " WHERE table_schema = database() ORDER BY table_name, ordinal_position"
)
_INDEXES = (
    "SELECT table_name, index_name, non_unique, column_name FROM information_schema.statistics"
    " WHERE table_schema = database() ORDER BY table_name, index_name, seq_in_index"
)
_FOREIGN = (
    "SELECT k.table_name, k.constraint_name, k.column_name, k.referenced_table_name, k.referenced_column_name, r.delete_rule, r.update_rule"
    " FROM information_schema.key_column_usage k JOIN information_schema.referential_constraints r"
    " ON r.constraint_schema = k.constraint_schema AND r.constraint_name = k.constraint_name AND r.table_name = k.table_name"
    " WHERE k.table_schema = database() AND k.referenced_table_name IS NOT NULL ORDER BY 1, 2, k.ordinal_position"
)
_CHECKS = (
    "SELECT table_name, check_clause FROM information_schema.check_constraints WHERE constraint_schema = database()"
)
Rows = list[tuple[Any, ...]]


def mariadb_shapes(connection: Any) -> dict[str, TableShape]:
    """The tables of the chosen database."""
    columns, indexes, foreign, checks = (_grouped(connection, sql) for sql in (_COLUMNS, _INDEXES, _FOREIGN, _CHECKS))
    return {
        name: _shape(columns.get(name, []), indexes.get(name, []), foreign.get(name, []), checks.get(name, []))
        for (name,) in _rows(connection, _TABLES)
    }


def mariadb_views(connection: Any) -> dict[str, tuple[str, ...]]:
    """The columns of every view that reads only what is there."""
    columns = _grouped(connection, _COLUMNS)
    return {name: tuple(row[0] for row in columns[name]) for (name,) in _rows(connection, _VIEWS) if name in columns}


def _rows(connection: Any, sql: str) -> Rows:
    with connection.cursor() as cursor:
        cursor.execute(sql)
        return list(cursor.fetchall())


def _grouped(connection: Any, sql: str) -> dict[str, Rows]:
    found: dict[str, Rows] = {}
    for table, *row in _rows(connection, sql):
        found.setdefault(table, []).append(tuple(row))
    return found


def _shape(columns: Rows, indexes: Rows, foreign: Rows, checks: Rows) -> TableShape:
    keys: dict[str, tuple[bool, list[str]]] = {}
    for name, non_unique, column in indexes:
        keys.setdefault(name, (not non_unique, []))[1].append(column or "<expr>")
    links: dict[str, Rows] = {}
    for name, *row in foreign:
        links.setdefault(name, []).append(tuple(row))
    pointing = sorted(
        (
            tuple(row[0] for row in rows),
            rows[0][1],
            _action(rows[0][3]),
            _action(rows[0][4]),
            tuple(row[2] for row in rows),
        )
        for rows in links.values()
    )
    # MariaDB's JSON is a LONGTEXT with a check.
    documents = {clause[len("json_valid(`") : -2] for (clause,) in checks if clause.startswith("json_valid(")}
    return TableShape(
        tuple(_column(row, documents) for row in columns),
        tuple(keys["PRIMARY"][1]) if "PRIMARY" in keys else (),
        tuple(sorted(tuple(members) for name, (unique, members) in keys.items() if unique and name != "PRIMARY")),
        tuple(link[:4] for link in pointing),
        tuple(
            sorted(
                IndexShape(name, tuple(members), unique=False) for name, (unique, members) in keys.items() if not unique
            )
        ),
        tuple(sorted(canonical(clause, "mysql") for (clause,) in checks if not clause.startswith("json_valid("))),
        tuple((link[0], link[1], link[4]) for link in pointing),
        tuple(sorted((*links, *(name for name, (unique, _) in keys.items() if unique and name != "PRIMARY")))),
    )


def _action(word: str) -> str:
    """MySQL 8 prints NO ACTION where nothing is said, MariaDB RESTRICT: for both they are one."""
    return "no action" if word == "RESTRICT" else word.lower()


def _column(row: tuple[Any, ...], documents: set[str]) -> ColumnShape:
    name, declared, nullable, default, extra, computed = row
    type_ = "json" if name in documents else parse_type(declared, "mysql").name
    generated = "stored" if "STORED" in extra else "virtual" if "VIRTUAL" in extra else ""
    if generated:
        default = computed
    # MariaDB gives a TIMESTAMP that is NOT NULL a zero, which MySQL 8 does not.
    text = None if default in (None, "NULL") or "0000-00-00" in default else mysql_default(default, type_)
    return ColumnShape(name, type_, nullable == "YES", text, generated)
