"""Parts of SQLite's definitions: what exists, names, expressions, columns and constraints.

What comes in: draws of hypothesis. What goes out: pieces of statements. This module does not know statements.
"""

from hypothesis import strategies as st
from msgspec import Struct, field

from tests.schema.histories.names import COLUMNS, TABLES, Draw, chance, pick, spell

_QUOTES = ' "`['
_TYPES = (
    "INTEGER", "INT", "TEXT", "text", "BLOB", "REAL", "", "VARCHAR(255)", "NUMERIC(10, 2)", "BOOLEAN", "DATETIME", "UNSIGNED BIG INT",
    "DOUBLE PRECISION", "NATIVE CHARACTER ( 70 )", "STRING", "Date", "timestamp  with time zone", "BIGINT", "JSON",
)  # fmt: skip
_STRICT = ("INTEGER", "INT", "TEXT", "BLOB", "REAL", "ANY")
_DEFAULTS = (
    "0", "-1", "+1.5", "'draft'", "''", "NULL", "TRUE", "false", "CURRENT_TIMESTAMP", "current_date", "(1 + 2)", "(datetime('now'))",
    "x'00ff'", "1e3", '"quoted"', "'it''s'", "abc", "- 7",
)  # fmt: skip
_CONSTANT = ("0", "-1", "'draft'", "''", "TRUE", "1e3", "x'00'")
_ACTIONS = ("CASCADE", "SET NULL", "RESTRICT", "NO ACTION", "SET DEFAULT")
CONFLICTS = ("", "", "", " ON CONFLICT REPLACE", " ON CONFLICT IGNORE", " ON CONFLICT ABORT")


class Shop(Struct):
    """What exists, as far as statements go that succeed."""

    tables: dict[str, list[str]] = field(default_factory=dict)
    virtual: set[str] = field(default_factory=set)
    indexes: list[str] = field(default_factory=list)
    views: list[str] = field(default_factory=list)
    triggers: list[str] = field(default_factory=list)
    number: int = 0

    def fresh(self, prefix: str) -> str:
        self.number += 1
        return f"x_{prefix}{self.number}"


def any_table(draw: Draw, shop: Shop) -> str:
    """A table that exists, seldom one that does not."""
    known = [name for name in shop.tables if name not in shop.virtual]
    return pick(draw, known) if known and not chance(draw, 20) else pick(draw, TABLES)


def any_column(draw: Draw, shop: Shop, table: str) -> str:
    columns = shop.tables.get(table, [])
    return pick(draw, columns) if columns and not chance(draw, 20) else pick(draw, COLUMNS)


def named(draw: Draw, name: str) -> str:
    return spell(draw, name, _QUOTES)


def table_name(draw: Draw, name: str) -> str:
    return ("main." if chance(draw, 10) else "") + named(draw, name)


def expression(draw: Draw, columns: list[str]) -> str:
    column = named(draw, pick(draw, columns))
    forms = (
        f"{column} > 0", f"length({column}) > 2", f"{column} IN ('a', 'b')", f"{column} IS NOT NULL", f"{column} <> '' AND {column} != 'x'",
        f"{column} BETWEEN 1 AND 5", f"{column} LIKE 'a%' OR {column} IS NULL", f"NOT ({column} = 3)", f"{column} || 'x' = 'yx'",
    )  # fmt: skip
    return pick(draw, forms)


def _references(draw: Draw, shop: Shop, columns: int = 1) -> str:
    target = pick(draw, [*shop.tables, *TABLES])
    known = shop.tables.get(target, list(COLUMNS))
    listed = "" if chance(draw, 3) else f" ({', '.join(named(draw, pick(draw, known)) for _ in range(columns))})"
    actions = " ON DELETE " + pick(draw, _ACTIONS) if chance(draw, 2) else ""
    actions += " ON UPDATE " + pick(draw, _ACTIONS) if chance(draw, 3) else ""
    actions += (
        pick(draw, (" DEFERRABLE INITIALLY DEFERRED", " NOT DEFERRABLE", " MATCH FULL")) if chance(draw, 6) else ""
    )
    return f"REFERENCES {named(draw, target)}{listed}{actions}"


def _column_constraint(draw: Draw, shop: Shop, columns: list[str], *, added: bool) -> str:
    name = f"CONSTRAINT {named(draw, shop.fresh('c'))} " if chance(draw, 5) else ""
    kind = draw(st.integers(0, 8))
    if kind == 0:
        return f"{name}NOT NULL{pick(draw, CONFLICTS)}"
    if kind in (1, 2):
        return f"{name}DEFAULT {pick(draw, _CONSTANT if added else _DEFAULTS)}"
    if kind == 3:
        return f"{name}UNIQUE{pick(draw, CONFLICTS)}" if not added or chance(draw, 8) else "NULL"
    if kind == 4:
        return f"{name}CHECK ({expression(draw, columns)})"
    if kind == 5:
        return name + _references(draw, shop)
    if kind == 6:
        return f"COLLATE {pick(draw, ('NOCASE', 'BINARY', 'rtrim'))}"
    if kind == 7 and len(columns) > 1:
        stored = pick(draw, ("", " VIRTUAL", " STORED") if not added else ("", " VIRTUAL"))
        return f"{pick(draw, ('GENERATED ALWAYS ', ''))}AS ({expression(draw, columns[:-1])}){stored}"
    return "NULL" if chance(draw, 3) else f"{name}NOT NULL DEFAULT {pick(draw, _CONSTANT)}"


def column(draw: Draw, shop: Shop, columns: list[str], *, strict: bool = False, added: bool = False) -> str:
    """The definition of the last of some columns."""
    type_ = pick(draw, _STRICT if strict else _TYPES)
    constraints = [_column_constraint(draw, shop, columns, added=added) for _ in range(draw(st.integers(0, 2)))]
    if sum("REFERENCES" in each for each in constraints) > 1:
        constraints.pop()
    if any("AS (" in each for each in constraints):
        constraints = [each for each in constraints if "DEFAULT" not in each]
    return " ".join(part for part in (named(draw, columns[-1]), type_, *constraints) if part)


def table_constraint(draw: Draw, shop: Shop, columns: list[str]) -> str:
    name = f"CONSTRAINT {named(draw, shop.fresh('k'))} " if chance(draw, 3) else ""
    some = draw(st.lists(st.sampled_from(columns), min_size=1, max_size=2, unique=True))
    listed = ", ".join(named(draw, each) + pick(draw, ("", "", "", " DESC")) for each in some)
    kind = draw(st.integers(0, 3))
    if kind == 0:
        return f"{name}UNIQUE ({listed}){pick(draw, CONFLICTS)}"
    if kind == 1:
        return f"{name}CHECK ({expression(draw, columns)})"
    plain = ", ".join(named(draw, each) for each in some)
    return f"{name}FOREIGN KEY ({plain}) {_references(draw, shop, len(some))}"
