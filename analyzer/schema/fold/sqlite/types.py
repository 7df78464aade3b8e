"""Which declared types go together in a foreign key of SQLite.

SQLite takes every key. When a row is written, the value is compared as the parent's column keeps it: a number beside a text that looks like one is
found only where it is written the one way ('00042' is not 42). Source: "Datatypes In SQLite", section 3.1, and "SQLite Foreign Key Support",
section 3. Only numbers beside texts are looked at: names that mean neither (DATETIME, BOOLEAN, UUID) say what a driver makes of a value.
"""

from analyzer.catalog.types import ColumnType


def may_refer(type_: ColumnType, key: ColumnType) -> bool:
    """False where one is a number's column and the other a text's."""
    return {_affinity(type_.raw), _affinity(key.raw)} != {"number", "text"}


def is_number(type_: ColumnType) -> bool:
    """True where a text that looks like a number is kept as one."""
    return _affinity(type_.raw) == "number"


def _affinity(declared: str) -> str:
    word = declared.upper()
    if "INT" in word:
        return "number"
    if any(part in word for part in ("CHAR", "CLOB", "TEXT")):
        return "text"
    return "number" if any(part in word for part in ("REAL", "FLOA", "DOUB")) else ""
