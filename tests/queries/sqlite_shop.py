"""Random tables and views of SQLite, with a few rows that suit their declared types.

What comes in: draws of hypothesis. What goes out: definitions, rows, and what a generator of queries knows of them. Source: the pages "CREATE
TABLE" and "Datatypes In SQLite". This module does not know queries.
"""

from hypothesis import strategies as st
from msgspec import Struct, field

from tests.schema.histories.names import Draw, chance, pick

NAMES = ("users", "orders", "Items", "order", "Order Lines")
COLUMNS = ("id", "name", "user_id", "Total", "status", "from", "Unit Price", "key", "created_at")
_INTEGERS = (1, 2, 3, 4, 0, -7)
# Declared type -> values a program would keep there.
_VALUES: dict[str, tuple[object, ...]] = {
    "INTEGER": _INTEGERS, "INT": _INTEGERS, "BIGINT": _INTEGERS, "BOOLEAN": (0, 1), "TEXT": ("a", "", "Ann", "12"), "VARCHAR(20)": ("b", "ann", "x y"),
    "REAL": (1.5, 0.0, -2.25), "DOUBLE PRECISION": (1.5, 3.75), "BLOB": (b"a", b"", b"\x00\xff"), "NUMERIC(10, 2)": (1, 2.5, 3), "DECIMAL": (4, 0.5),
    "DATETIME": ("2024-01-02 03:04:05", "2025-12-31 23:59:59"), "DATE": ("2024-01-02",), "JSON": ('{"a": 1}', "[1, null]", '"x"'), "": (1, "a", 2.5, b"z"),
}  # fmt: skip
_TYPES = tuple(_VALUES)


class Made(Struct):
    """A table or view as queries see it. `rowid` is True where it has one."""

    name: str
    columns: list[str]
    rowid: bool = True
    unique: list[list[str]] = field(default_factory=list)
    is_view: bool = False


class Shop(Struct):
    ddl: list[str] = field(default_factory=list)
    rows: list[tuple[str, tuple[object, ...]]] = field(default_factory=list)
    tables: list[Made] = field(default_factory=list)


def quoted(name: str) -> str:
    return f'"{name}"'


@st.composite
def shops(draw: Draw) -> Shop:
    """Two or three tables with rows."""
    shop = Shop()
    for name in draw(st.lists(st.sampled_from(NAMES), min_size=2, max_size=3, unique=True)):
        _table(draw, shop, name)
    return shop


def _table(draw: Draw, shop: Shop, name: str) -> None:
    columns = draw(st.lists(st.sampled_from(COLUMNS), min_size=2, max_size=5, unique=True))
    types = [pick(draw, _TYPES) for _ in columns]
    solid = [chance(draw, 2) for _ in columns]
    form = pick(draw, ("rowid", "rowid", "text", "none", "pair", "without"))
    constraints, unique = [], list[list[str]]()
    if form in ("rowid", "text", "without"):
        types[0] = "TEXT" if form == "text" else "INTEGER"
        constraints.append(f"PRIMARY KEY ({quoted(columns[0])})")
        unique.append(columns[:1])
    elif form == "pair":
        constraints.append(f"PRIMARY KEY ({quoted(columns[0])}, {quoted(columns[1])})")
        unique.append(columns[:2])
    if chance(draw, 3):
        constraints.append(f"UNIQUE ({quoted(columns[-1])})")
        unique.append(columns[-1:])
    lines = [
        f"{quoted(column)} {type_}{' NOT NULL' if set_ else ''}"
        for column, type_, set_ in zip(columns, types, solid, strict=True)
    ]
    option = " WITHOUT ROWID" if form == "without" else ""
    shop.ddl.append(f"CREATE TABLE {quoted(name)} ({', '.join([*lines, *constraints])}){option}")
    shop.tables.append(Made(name, columns, form != "without", unique))
    marks = ", ".join("?" * len(columns))
    for number in range(4):
        row = tuple(
            None
            if not set_ and (number + at) % 3 == 0 and not (form == "without" and at == 0)
            else _value(type_, number + at)
            for at, (type_, set_) in enumerate(zip(types, solid, strict=True))
        )
        shop.rows.append((f"INSERT OR IGNORE INTO {quoted(name)} VALUES ({marks})", row))


def _value(type_: str, number: int) -> object:
    values = _VALUES[type_]
    return values[number % len(values)]
