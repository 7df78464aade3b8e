"""Random histories of SQLite's definitions.

What comes in: draws of hypothesis. What goes out: statements, one after another; they know a little of what exists, so that most succeed. Sources: the
pages "CREATE TABLE", "ALTER TABLE", "CREATE INDEX", "CREATE VIEW", "CREATE TRIGGER" of SQLite. This module does not know what they build.
"""

from hypothesis import strategies as st

from tests.schema.histories.names import COLUMNS, TABLES, Draw, chance, pick, spaced
from tests.schema.histories.sqlite_parts import (
    CONFLICTS,
    Shop,
    any_column,
    any_table,
    column,
    expression,
    named,
    table_constraint,
    table_name,
)


def create_table(draw: Draw, shop: Shop) -> str:
    name = pick(draw, TABLES)
    columns = draw(st.lists(st.sampled_from(COLUMNS), min_size=1, max_size=5, unique=True))
    strict = chance(draw, 8)
    parts = [column(draw, shop, columns[: at + 1], strict=strict) for at in range(len(columns))]
    key = draw(st.integers(0, 4))
    options = ["STRICT"] if strict else []
    if key == 0:
        parts[0] = (
            f"{named(draw, columns[0])} {pick(draw, ('INTEGER', 'INTEGER', 'integer', 'INT', 'TEXT'))} PRIMARY KEY{pick(draw, ('', '', ' ASC', ' DESC', ' NOT NULL', ' ON CONFLICT REPLACE'))}"
        )
    elif key == 1:
        parts[0] = f"{named(draw, columns[0])} INTEGER {pick(draw, ('', 'NOT NULL '))}PRIMARY KEY AUTOINCREMENT"
    constraints = [table_constraint(draw, shop, columns) for _ in range(draw(st.integers(0, 2)))]
    if key == 2:
        some = draw(st.lists(st.sampled_from(columns), min_size=1, max_size=2, unique=True))
        listed = ", ".join(named(draw, each) + pick(draw, ("", "", " DESC")) for each in some)
        constraints.insert(0, f"PRIMARY KEY ({listed}){pick(draw, CONFLICTS)}")
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
    target = named(draw, name) if temporary else table_name(draw, name)
    return f"CREATE {temporary}TABLE {exists}{target} ({body}) {', '.join(options)}"


def create_as(draw: Draw, shop: Shop) -> str:
    name = shop.fresh("copy")
    table = any_table(draw, shop)
    columns = shop.tables.get(table, ["id"])
    picked = draw(st.lists(st.sampled_from(columns), min_size=1, max_size=3, unique=True))
    forms = [
        pick(
            draw, (("", each), (f" AS a{at}", f"a{at}"), (f" + 1 AS b{at}", f"b{at}"), (f" || 'x' AS c{at}", f"c{at}"))
        )
        for at, each in enumerate(picked)
    ]
    items = [named(draw, each) + form for each, (form, _) in zip(picked, forms, strict=True)]
    items += pick(
        draw,
        (
            [],
            ["1 AS one"],
            ["'a' AS letter"],
            ["1.5 AS part", "NULL AS none"],
            ["count(*) AS n"],
            [f"cast({named(draw, columns[0])} AS INTEGER) AS whole"],
        ),
    )
    star = chance(draw, 4)
    shop.tables[name] = list(columns) if star else [made for _, made in forms]
    return f"CREATE TABLE {name} AS SELECT {'*' if star else ', '.join(items)} FROM {table_name(draw, table)}"


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
    return f"DROP TABLE {pick(draw, ('', 'IF EXISTS '))}{table_name(draw, name)}"


def rename_table(draw: Draw, shop: Shop) -> str:
    old = any_table(draw, shop)
    new = pick(draw, (shop.fresh("t"), *TABLES))
    if old in shop.tables and new not in shop.tables:
        shop.tables[new] = shop.tables.pop(old)
    return f"ALTER TABLE {table_name(draw, old)} RENAME TO {named(draw, new)}"


def rename_column(draw: Draw, shop: Shop) -> str:
    table = any_table(draw, shop)
    old = any_column(draw, shop, table)
    new = pick(draw, (shop.fresh("c"), *COLUMNS))
    columns = shop.tables.get(table, [])
    if old in columns and new not in columns:
        columns[columns.index(old)] = new
    return f"ALTER TABLE {table_name(draw, table)} RENAME {pick(draw, ('COLUMN ', ''))}{named(draw, old)} TO {named(draw, new)}"


def add_column(draw: Draw, shop: Shop) -> str:
    table = any_table(draw, shop)
    columns = shop.tables.get(table, ["id"])
    new = (
        pick(draw, [each for each in COLUMNS if each not in columns] or COLUMNS)
        if not chance(draw, 10)
        else pick(draw, COLUMNS)
    )
    definition = column(draw, shop, [*columns, new], added=True)
    if new not in columns:
        columns.append(new)
    return f"ALTER TABLE {table_name(draw, table)} ADD {pick(draw, ('COLUMN ', ''))}{definition}"


def drop_column(draw: Draw, shop: Shop) -> str:
    table = any_table(draw, shop)
    name = any_column(draw, shop, table)
    if name in shop.tables.get(table, []) and len(shop.tables[table]) > 1:
        shop.tables[table].remove(name)
    return f"ALTER TABLE {table_name(draw, table)} DROP {pick(draw, ('COLUMN ', ''))}{named(draw, name)}"


def create_index(draw: Draw, shop: Shop) -> str:
    table = any_table(draw, shop)
    columns = shop.tables.get(table, ["id"])
    name = pick(draw, (shop.fresh("i"), shop.fresh("i"), *shop.indexes[-1:]))
    shop.indexes.append(name)
    some = draw(st.lists(st.sampled_from(columns), min_size=1, max_size=2, unique=True))
    parts = [
        pick(draw, ("{}", "{}", "{} DESC", "{} COLLATE NOCASE ASC", "lower({})", "({} + 1)", "length({}) DESC")).format(
            named(draw, each)
        )
        for each in some
    ]
    where = f" WHERE {expression(draw, columns)}" if chance(draw, 3) else ""
    exists = "IF NOT EXISTS " if chance(draw, 3) else ""
    return f"CREATE {pick(draw, ('', 'UNIQUE '))}INDEX {exists}{table_name(draw, name)} ON {named(draw, table)} ({', '.join(parts)}){where}"


def drop_index(draw: Draw, shop: Shop) -> str:
    name = shop.indexes.pop() if shop.indexes and not chance(draw, 10) else "x_none"
    return f"DROP INDEX {pick(draw, ('', 'IF EXISTS '))}{table_name(draw, name)}"


def create_view(draw: Draw, shop: Shop) -> str:
    name = shop.fresh("v")
    shop.views.append(name)
    table = any_table(draw, shop)
    columns = shop.tables.get(table, ["id"])
    some = draw(st.lists(st.sampled_from(columns), min_size=1, max_size=3, unique=True))
    items = [named(draw, each) + pick(draw, ("", "", f" AS a{at}")) for at, each in enumerate(some)]
    listed = f" ({', '.join(f'n{at}' for at in range(len(some)))})" if chance(draw, 4) else ""
    star = "*" if chance(draw, 4) and not listed else ", ".join(items)
    return f"CREATE {pick(draw, ('', '', 'TEMP '))}VIEW {pick(draw, ('', 'IF NOT EXISTS '))}{name}{listed} AS SELECT {star} FROM {named(draw, table)}"


def drop_view(draw: Draw, shop: Shop) -> str:
    name = shop.views.pop() if shop.views and not chance(draw, 10) else "x_none"
    return f"DROP VIEW {pick(draw, ('', 'IF EXISTS '))}{name}"


def create_trigger(draw: Draw, shop: Shop) -> str:
    table = any_table(draw, shop)
    columns = shop.tables.get(table, ["id"])
    name = shop.fresh("trg")
    body = f"UPDATE {named(draw, table)} SET {named(draw, columns[0])} = CASE WHEN 1 THEN 2 ELSE NEW.{named(draw, columns[0])} END; SELECT NEW.{named(draw, columns[-1])}"
    when = pick(draw, ("", f" WHEN NEW.{named(draw, columns[0])} > 1"))
    return f"CREATE TRIGGER {name} {pick(draw, ('AFTER', 'BEFORE', ''))} INSERT ON {named(draw, table)}{when} BEGIN {body}; END"


def rebuild(draw: Draw, shop: Shop) -> str:
    """The steps of "Making Other Kinds Of Table Schema Changes", and the order that the page warns of."""
    table = any_table(draw, shop)
    columns = list(shop.tables.get(table, ["id"]))
    kept = columns[: max(1, len(columns) - draw(st.integers(0, 1)))]
    body = ", ".join(column(draw, shop, kept[: at + 1]) for at in range(len(kept)))
    listed = ", ".join(named(draw, each) for each in kept)
    new, old = named(draw, shop.fresh("new")), named(draw, table)
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
