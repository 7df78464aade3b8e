"""Random histories of SQLite's definitions.

What comes in: draws of hypothesis. What goes out: statements, one after another; they know a little of what exists, so that most succeed. Sources: the
pages "CREATE TABLE", "ALTER TABLE", "CREATE INDEX", "CREATE VIEW", "CREATE TRIGGER" of SQLite. This module does not know what they build.
"""

from hypothesis import strategies as st
from msgspec import Struct, field

from tests.schema.histories.names import COLUMNS, TABLES, Draw, chance, pick, spaced, spell

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
_CONFLICTS = ("", "", "", " ON CONFLICT REPLACE", " ON CONFLICT IGNORE", " ON CONFLICT ABORT")


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


def _any_table(draw: Draw, shop: Shop) -> str:
    """A table that exists, seldom one that does not."""
    known = [name for name in shop.tables if name not in shop.virtual]
    return pick(draw, known) if known and not chance(draw, 20) else pick(draw, TABLES)


def _any_column(draw: Draw, shop: Shop, table: str) -> str:
    columns = shop.tables.get(table, [])
    return pick(draw, columns) if columns and not chance(draw, 20) else pick(draw, COLUMNS)


def _name(draw: Draw, name: str) -> str:
    return spell(draw, name, _QUOTES)


def _table_name(draw: Draw, name: str) -> str:
    return ("main." if chance(draw, 10) else "") + _name(draw, name)


def _expression(draw: Draw, columns: list[str]) -> str:
    column = _name(draw, pick(draw, columns))
    forms = (
        f"{column} > 0", f"length({column}) > 2", f"{column} IN ('a', 'b')", f"{column} IS NOT NULL", f"{column} <> '' AND {column} != 'x'",
        f"{column} BETWEEN 1 AND 5", f"{column} LIKE 'a%' OR {column} IS NULL", f"NOT ({column} = 3)", f"{column} || 'x' = 'yx'",
    )  # fmt: skip
    return pick(draw, forms)


def _references(draw: Draw, shop: Shop, columns: int = 1) -> str:
    target = pick(draw, [*shop.tables, *TABLES])
    known = shop.tables.get(target, list(COLUMNS))
    listed = "" if chance(draw, 3) else f" ({', '.join(_name(draw, pick(draw, known)) for _ in range(columns))})"
    actions = " ON DELETE " + pick(draw, _ACTIONS) if chance(draw, 2) else ""
    actions += " ON UPDATE " + pick(draw, _ACTIONS) if chance(draw, 3) else ""
    actions += (
        pick(draw, (" DEFERRABLE INITIALLY DEFERRED", " NOT DEFERRABLE", " MATCH FULL")) if chance(draw, 6) else ""
    )
    return f"REFERENCES {_name(draw, target)}{listed}{actions}"


def _column_constraint(draw: Draw, shop: Shop, columns: list[str], *, added: bool) -> str:
    name = f"CONSTRAINT {_name(draw, shop.fresh('c'))} " if chance(draw, 5) else ""
    kind = draw(st.integers(0, 8))
    if kind == 0:
        return f"{name}NOT NULL{pick(draw, _CONFLICTS)}"
    if kind in (1, 2):
        return f"{name}DEFAULT {pick(draw, _CONSTANT if added else _DEFAULTS)}"
    if kind == 3:
        return f"{name}UNIQUE{pick(draw, _CONFLICTS)}" if not added or chance(draw, 8) else "NULL"
    if kind == 4:
        return f"{name}CHECK ({_expression(draw, columns)})"
    if kind == 5:
        return name + _references(draw, shop)
    if kind == 6:
        return f"COLLATE {pick(draw, ('NOCASE', 'BINARY', 'rtrim'))}"
    if kind == 7 and len(columns) > 1:
        stored = pick(draw, ("", " VIRTUAL", " STORED") if not added else ("", " VIRTUAL"))
        return f"{pick(draw, ('GENERATED ALWAYS ', ''))}AS ({_expression(draw, columns[:-1])}){stored}"
    return "NULL" if chance(draw, 3) else f"{name}NOT NULL DEFAULT {pick(draw, _CONSTANT)}"


def column(draw: Draw, shop: Shop, columns: list[str], *, strict: bool = False, added: bool = False) -> str:
    """The definition of the last of some columns."""
    type_ = pick(draw, _STRICT if strict else _TYPES)
    constraints = [_column_constraint(draw, shop, columns, added=added) for _ in range(draw(st.integers(0, 2)))]
    if sum("REFERENCES" in each for each in constraints) > 1:
        constraints.pop()
    if any("AS (" in each for each in constraints):
        constraints = [each for each in constraints if "DEFAULT" not in each]
    return " ".join(part for part in (_name(draw, columns[-1]), type_, *constraints) if part)


def _table_constraint(draw: Draw, shop: Shop, columns: list[str]) -> str:
    name = f"CONSTRAINT {_name(draw, shop.fresh('k'))} " if chance(draw, 3) else ""
    some = draw(st.lists(st.sampled_from(columns), min_size=1, max_size=2, unique=True))
    listed = ", ".join(_name(draw, each) + pick(draw, ("", "", "", " DESC")) for each in some)
    kind = draw(st.integers(0, 3))
    if kind == 0:
        return f"{name}UNIQUE ({listed}){pick(draw, _CONFLICTS)}"
    if kind == 1:
        return f"{name}CHECK ({_expression(draw, columns)})"
    plain = ", ".join(_name(draw, each) for each in some)
    return f"{name}FOREIGN KEY ({plain}) {_references(draw, shop, len(some))}"


def create_table(draw: Draw, shop: Shop) -> str:
    name = pick(draw, TABLES)
    columns = draw(st.lists(st.sampled_from(COLUMNS), min_size=1, max_size=5, unique=True))
    strict = chance(draw, 8)
    parts = [column(draw, shop, columns[: at + 1], strict=strict) for at in range(len(columns))]
    key = draw(st.integers(0, 4))
    options = ["STRICT"] if strict else []
    if key == 0:
        parts[0] = (
            f"{_name(draw, columns[0])} {pick(draw, ('INTEGER', 'INTEGER', 'integer', 'INT', 'TEXT'))} PRIMARY KEY{pick(draw, ('', '', ' ASC', ' DESC', ' NOT NULL', ' ON CONFLICT REPLACE'))}"
        )
    elif key == 1:
        parts[0] = f"{_name(draw, columns[0])} INTEGER {pick(draw, ('', 'NOT NULL '))}PRIMARY KEY AUTOINCREMENT"
    constraints = [_table_constraint(draw, shop, columns) for _ in range(draw(st.integers(0, 2)))]
    if key == 2:
        some = draw(st.lists(st.sampled_from(columns), min_size=1, max_size=2, unique=True))
        listed = ", ".join(_name(draw, each) + pick(draw, ("", "", " DESC")) for each in some)
        constraints.insert(0, f"PRIMARY KEY ({listed}){pick(draw, _CONFLICTS)}")
    if key in (0, 2) and chance(draw, 5):
        options.append("WITHOUT ROWID")
    temporary = pick(draw, ("TEMP ", "TEMPORARY ")) if chance(draw, 15) else ""
    # SQLite takes a quoted name that a hiding table lacks for a string: nobody means that.
    name = shop.fresh("tmp") if temporary else name
    shop.tables.setdefault(name, columns)
    between = pick(draw, (", ", ",\n  ", " -- a note, with commas\n, "))
    comma = pick(draw, (", ", ", ", " "))
    body = between.join(parts) + "".join((comma if at else ", ") + each for at, each in enumerate(constraints))
    exists = "IF NOT EXISTS " if chance(draw, 4) else ""
    target = _name(draw, name) if temporary else _table_name(draw, name)
    return f"CREATE {temporary}TABLE {exists}{target} ({body}) {', '.join(options)}"


def create_as(draw: Draw, shop: Shop) -> str:
    name = shop.fresh("copy")
    table = _any_table(draw, shop)
    columns = shop.tables.get(table, ["id"])
    picked = draw(st.lists(st.sampled_from(columns), min_size=1, max_size=3, unique=True))
    forms = [
        pick(
            draw, (("", each), (f" AS a{at}", f"a{at}"), (f" + 1 AS b{at}", f"b{at}"), (f" || 'x' AS c{at}", f"c{at}"))
        )
        for at, each in enumerate(picked)
    ]
    items = [_name(draw, each) + form for each, (form, _) in zip(picked, forms, strict=True)]
    items += pick(
        draw,
        (
            [],
            ["1 AS one"],
            ["'a' AS letter"],
            ["1.5 AS part", "NULL AS none"],
            ["count(*) AS n"],
            [f"cast({_name(draw, columns[0])} AS INTEGER) AS whole"],
        ),
    )
    star = chance(draw, 4)
    shop.tables[name] = list(columns) if star else [made for _, made in forms]
    return f"CREATE TABLE {name} AS SELECT {'*' if star else ', '.join(items)} FROM {_table_name(draw, table)}"


def create_virtual(draw: Draw, shop: Shop) -> str:
    name = shop.fresh("search")
    shop.tables[name] = ["title", "body"]
    shop.virtual.add(name)
    form = pick(
        draw,
        (
            "fts5(title, body UNINDEXED, tokenize = 'porter ascii')",
            "fts4(title, body, tokenize=porter)",
            "rtree(id, minX, maxX)",
            "fts5(title, body)",
        ),
    )
    return f"CREATE VIRTUAL TABLE {pick(draw, ('', 'IF NOT EXISTS '))}{name} USING {form}"


def drop_table(draw: Draw, shop: Shop) -> str:
    name = pick(draw, list(shop.tables)) if shop.tables and not chance(draw, 10) else pick(draw, TABLES)
    shop.tables.pop(name, None)
    shop.virtual.discard(name)
    return f"DROP TABLE {pick(draw, ('', 'IF EXISTS '))}{_table_name(draw, name)}"


def rename_table(draw: Draw, shop: Shop) -> str:
    old = _any_table(draw, shop)
    new = pick(draw, (shop.fresh("t"), *TABLES))
    if old in shop.tables and new not in shop.tables:
        shop.tables[new] = shop.tables.pop(old)
    return f"ALTER TABLE {_table_name(draw, old)} RENAME TO {_name(draw, new)}"


def rename_column(draw: Draw, shop: Shop) -> str:
    table = _any_table(draw, shop)
    old = _any_column(draw, shop, table)
    new = pick(draw, (shop.fresh("c"), *COLUMNS))
    columns = shop.tables.get(table, [])
    if old in columns and new not in columns:
        columns[columns.index(old)] = new
    return f"ALTER TABLE {_table_name(draw, table)} RENAME {pick(draw, ('COLUMN ', ''))}{_name(draw, old)} TO {_name(draw, new)}"


def add_column(draw: Draw, shop: Shop) -> str:
    table = _any_table(draw, shop)
    columns = shop.tables.get(table, ["id"])
    new = (
        pick(draw, [each for each in COLUMNS if each not in columns] or COLUMNS)
        if not chance(draw, 10)
        else pick(draw, COLUMNS)
    )
    definition = column(draw, shop, [*columns, new], added=True)
    if new not in columns:
        columns.append(new)
    return f"ALTER TABLE {_table_name(draw, table)} ADD {pick(draw, ('COLUMN ', ''))}{definition}"


def drop_column(draw: Draw, shop: Shop) -> str:
    table = _any_table(draw, shop)
    name = _any_column(draw, shop, table)
    if name in shop.tables.get(table, []) and len(shop.tables[table]) > 1:
        shop.tables[table].remove(name)
    return f"ALTER TABLE {_table_name(draw, table)} DROP {pick(draw, ('COLUMN ', ''))}{_name(draw, name)}"


def create_index(draw: Draw, shop: Shop) -> str:
    table = _any_table(draw, shop)
    columns = shop.tables.get(table, ["id"])
    name = pick(draw, (shop.fresh("i"), shop.fresh("i"), *shop.indexes[-1:]))
    shop.indexes.append(name)
    some = draw(st.lists(st.sampled_from(columns), min_size=1, max_size=2, unique=True))
    parts = [
        pick(draw, ("{}", "{}", "{} DESC", "{} COLLATE NOCASE ASC", "lower({})", "({} + 1)", "length({}) DESC")).format(
            _name(draw, each)
        )
        for each in some
    ]
    where = f" WHERE {_expression(draw, columns)}" if chance(draw, 3) else ""
    exists = "IF NOT EXISTS " if chance(draw, 3) else ""
    return f"CREATE {pick(draw, ('', 'UNIQUE '))}INDEX {exists}{_table_name(draw, name)} ON {_name(draw, table)} ({', '.join(parts)}){where}"


def drop_index(draw: Draw, shop: Shop) -> str:
    name = shop.indexes.pop() if shop.indexes and not chance(draw, 10) else "x_none"
    return f"DROP INDEX {pick(draw, ('', 'IF EXISTS '))}{_table_name(draw, name)}"


def create_view(draw: Draw, shop: Shop) -> str:
    name = shop.fresh("v")
    shop.views.append(name)
    table = _any_table(draw, shop)
    columns = shop.tables.get(table, ["id"])
    some = draw(st.lists(st.sampled_from(columns), min_size=1, max_size=3, unique=True))
    items = [_name(draw, each) + pick(draw, ("", "", f" AS a{at}")) for at, each in enumerate(some)]
    listed = f" ({', '.join(f'n{at}' for at in range(len(some)))})" if chance(draw, 4) else ""
    star = "*" if chance(draw, 4) and not listed else ", ".join(items)
    return f"CREATE {pick(draw, ('', '', 'TEMP '))}VIEW {pick(draw, ('', 'IF NOT EXISTS '))}{name}{listed} AS SELECT {star} FROM {_name(draw, table)}"


def drop_view(draw: Draw, shop: Shop) -> str:
    name = shop.views.pop() if shop.views and not chance(draw, 10) else "x_none"
    return f"DROP VIEW {pick(draw, ('', 'IF EXISTS '))}{name}"


def create_trigger(draw: Draw, shop: Shop) -> str:
    table = _any_table(draw, shop)
    columns = shop.tables.get(table, ["id"])
    name = shop.fresh("trg")
    body = f"UPDATE {_name(draw, table)} SET {_name(draw, columns[0])} = CASE WHEN 1 THEN 2 ELSE NEW.{_name(draw, columns[0])} END; SELECT NEW.{_name(draw, columns[-1])}"
    when = pick(draw, ("", f" WHEN NEW.{_name(draw, columns[0])} > 1"))
    return f"CREATE TRIGGER {name} {pick(draw, ('AFTER', 'BEFORE', ''))} INSERT ON {_name(draw, table)}{when} BEGIN {body}; END"


def rebuild(draw: Draw, shop: Shop) -> str:
    """The steps of "Making Other Kinds Of Table Schema Changes", and the order that the page warns of."""
    table = _any_table(draw, shop)
    columns = list(shop.tables.get(table, ["id"]))
    kept = columns[: max(1, len(columns) - draw(st.integers(0, 1)))]
    body = ", ".join(column(draw, shop, kept[: at + 1]) for at in range(len(kept)))
    listed = ", ".join(_name(draw, each) for each in kept)
    new, old = _name(draw, shop.fresh("new")), _name(draw, table)
    if table in shop.tables:
        shop.tables[table] = kept
    before, after = pick(draw, (("", ""), ("BEGIN; ", "; COMMIT"), ("PRAGMA foreign_keys=OFF; BEGIN TRANSACTION; ", "; COMMIT; PRAGMA foreign_keys=ON"), ("PRAGMA legacy_alter_table=ON; ", "; PRAGMA legacy_alter_table=OFF"), ("SAVEPOINT one; ", "; RELEASE one"), ("BEGIN; ", "; ROLLBACK"), ("PRAGMA foreign_keys=1; ", "")))  # fmt: skip
    if chance(draw, 2):
        steps = f"CREATE TABLE {new} ({body}); INSERT INTO {new} SELECT {listed} FROM {old}; DROP TABLE {old}; ALTER TABLE {new} RENAME TO {old}"
    else:
        steps = f"ALTER TABLE {old} RENAME TO {new}; CREATE TABLE {old} ({body}); INSERT INTO {old} SELECT {listed} FROM {new}; DROP TABLE {new}"
    return before + steps + after


def control(draw: Draw, shop: Shop) -> str:
    del shop
    return pick(draw, ("BEGIN", "BEGIN IMMEDIATE", "COMMIT", "END TRANSACTION", "ROLLBACK", "SAVEPOINT one", "ROLLBACK TO one", "ROLLBACK TRANSACTION TO SAVEPOINT one", "RELEASE one", "PRAGMA foreign_keys = ON", "PRAGMA foreign_keys=off", "PRAGMA legacy_alter_table=1", "PRAGMA legacy_alter_table = OFF"))  # fmt: skip


_KINDS = (
    create_table, create_table, create_table, create_as, create_virtual, drop_table, rename_table, rename_table, rename_column, rename_column,
    add_column, add_column, drop_column, drop_column, create_index, create_index, drop_index, create_view, drop_view, create_trigger, rebuild, control,
)  # fmt: skip


@st.composite
def histories(draw: Draw, longest: int = 12) -> list[str]:
    """Statements in order; a rebuild's stand on one line."""
    shop = Shop()
    made = [spaced(draw, create_table(draw, shop)) for _ in range(2)]
    return made + [spaced(draw, pick(draw, _KINDS)(draw, shop)) for _ in range(draw(st.integers(1, longest)))]
