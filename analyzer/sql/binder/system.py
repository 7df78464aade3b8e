"""Relations that SQLite has of itself, with their columns: the schema tables and the PRAGMA functions.

What comes in: a name. What goes out: a Relation, or None for what it does not know the columns of. Source: sqlite.org/schematab.html, /autoinc.html; the
PRAGMA functions are listed in `sqlite_pragmas.txt` of `signatures`.
"""

from functools import cache

from analyzer.catalog.types import UNKNOWN, ColumnType, parse_type
from analyzer.sql.binder.scopes import Relation, ScopeColumn
from analyzer.sql.signatures.read import pragma_functions

_SCHEMA = (("type", "TEXT"), ("name", "TEXT"), ("tbl_name", "TEXT"), ("rootpage", "INT"), ("sql", "TEXT"))
_TABLES = dict.fromkeys(("sqlite_master", "sqlite_schema", "sqlite_temp_master", "sqlite_temp_schema"), _SCHEMA) | {"sqlite_sequence": (("name", ""), ("seq", ""))}  # fmt: skip
_ROWID = frozenset({"rowid", "oid", "_rowid_"})


def system_relation(name: str, alias: str, namespace: str) -> Relation | None:
    """The relation under an alias."""
    name = name.lower()
    pragma = pragma_functions().get(name)
    if name not in _TABLES and pragma is None:
        return None
    columns = tuple(ScopeColumn(column, _type(type_), True) for column, type_ in _TABLES.get(name, ()))
    hidden = frozenset[str]()
    if pragma is not None:
        columns, hidden = tuple(ScopeColumn(column) for column in pragma[0]), frozenset(pragma[1])
    return Relation(alias, "", columns, "sqlite", "derived", namespace, pseudo=_ROWID | hidden)


@cache
def _type(name: str) -> ColumnType:
    return parse_type(name, "sqlite") if name else UNKNOWN
