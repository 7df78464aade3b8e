"""Made-up statements about tables: CREATE TABLE in its forms, ALTER TABLE, DROP TABLE.

What comes in: what hypothesis draws, and a schema. What goes out: a statement, or None where the schema has nothing to say it of. This module does
not know the engine.
"""

from hypothesis import strategies as st

from analyzer.catalog.schema import Schema
from analyzer.catalog.table import Table
from tests.schema.histories.postgres_parts import (
    COLUMNS,
    CONSTRAINTS,
    NAMESPACES,
    TABLES,
    Draw,
    actions,
    definition,
    dotted,
    known_tables,
    named,
    new_name,
    odds,
    pick,
    quoted,
    some_column,
    some_columns,
    some_table,
    target_of,
)


def create_table(draw: Draw, schema: Schema) -> str:
    """Columns with constraints, LIKE, INHERITS, keys; partitioned, typed, of a query."""
    name = new_name(draw, TABLES)
    kind = pick(draw, ("", "", "", "", "", "UNLOGGED ", "TEMP "))
    name = "scratch" if kind == "TEMP " else name
    head = f"CREATE {kind}TABLE {'IF NOT EXISTS ' if odds(draw, 5) else ''}"
    names = draw(st.lists(st.sampled_from(COLUMNS), min_size=1, max_size=5, unique=True))
    items = [definition(draw, schema, quoted(column)) for column in names]
    if odds(draw, 3):
        items[0] = (
            f"{quoted(names[0])} integer{pick(draw, (' PRIMARY KEY', ' CONSTRAINT pk PRIMARY KEY', ' NOT NULL PRIMARY KEY'))}"
        )
    elif odds(draw, 4):
        items[-1:] = [
            items[-1],
            f"{named(draw)}PRIMARY KEY ({', '.join(quoted(one) for one in names[: draw(st.integers(1, 2))])})",
        ]
    if odds(draw, 4):
        items.append(f"{named(draw)}UNIQUE ({', '.join(quoted(one) for one in names[-draw(st.integers(1, 2)) :])})")
    if odds(draw, 6):
        items.append(
            f"{named(draw)}CHECK ({quoted(names[0])} IS NOT NULL{f' OR {quoted(names[-1])} IS NULL' if odds(draw, 2) else ''})"
        )
    if odds(draw, 8) and names[0] != "total":
        items.append(
            f"doubled text GENERATED ALWAYS AS ('x' || {quoted(names[0])}::text) {pick(draw, ('STORED', 'VIRTUAL'))}"
        )
    if odds(draw, 8) and (like := some_table(draw, schema, "table", "view")):
        items.insert(draw(st.integers(0, len(items))), f"LIKE {dotted(like)}{_including(draw)}")
    tail = ""
    if odds(draw, 10) and (parent := some_table(draw, schema)):
        tail = f" INHERITS ({dotted(parent)})"
    elif odds(draw, 12):
        tail = f" PARTITION BY LIST ({quoted(names[0])})"
    gap = pick(draw, ("", "\n  ", " /* odd */ ", "\t-- a note, with ' a quote\n"))
    return f"{head}{name}{gap} ({f',{gap} '.join(items)}){tail}"


def _including(draw: Draw[str]) -> str:
    words = ("DEFAULTS", "CONSTRAINTS", "INDEXES", "IDENTITY", "GENERATED", "ALL")
    return "".join(
        f" {pick(draw, ('INCLUDING', 'INCLUDING', 'EXCLUDING'))} {pick(draw, words)}"
        for _ in range(draw(st.integers(0, 3)))
    )


def create_of(draw: Draw, schema: Schema) -> str | None:
    """Tables from what is there: a partition, a query's rows, a type's attributes."""
    name = new_name(draw, TABLES)
    match draw(st.integers(0, 3)):
        case 0:
            parents = [table for table in known_tables(schema) if "partitioned" in table.options]
            if parents:
                bound = pick(draw, ("DEFAULT", f"FOR VALUES IN ({draw(st.integers(1, 30))})"))
                return f"CREATE TABLE {name} PARTITION OF {dotted(pick(draw, parents))} {bound}"
        case 1:
            types = [named.name for named in schema.types.values() if named.attributes]
            if types:
                return (
                    f"CREATE TABLE {name} OF {quoted(pick(draw, types))}{' (note NOT NULL)' if odds(draw, 2) else ''}"
                )
        case _:
            source = some_table(draw, schema, "table", "view")
            if source is not None and source.columns:
                columns = some_columns(draw, source, 3)
                if odds(draw, 2):
                    return f"SELECT {columns} INTO {name} FROM {dotted(source)}"
                return f"CREATE TABLE {name} AS SELECT {columns} FROM {dotted(source)}{' WITH NO DATA' if odds(draw, 2) else ''}"
    return None


def alter_table(draw: Draw, schema: Schema) -> str | None:
    """One to three actions."""
    table = some_table(draw, schema)
    if table is None:
        return None
    actions = [_action(draw, schema, table) for _ in range(pick(draw, (1, 1, 1, 2, 3)))]
    only = "IF EXISTS " if odds(draw, 10) else ""
    return f"ALTER TABLE {only}{dotted(table)} {', '.join(actions)}"


def _action(draw: Draw, schema: Schema, table: Table) -> str:
    column = some_column(draw, table)
    new = quoted(pick(draw, COLUMNS))
    return pick(draw, (
        lambda: f"ADD CONSTRAINT {quoted(pick(draw, CONSTRAINTS))} NOT NULL {some_columns(draw, table, 1)}",
        lambda: f"ALTER COLUMN doubled SET EXPRESSION AS ('y' || {some_columns(draw, table, 1)}::text)",
        lambda: f"ALTER COLUMN {column} SET GENERATED ALWAYS",
        lambda: f"ADD COLUMN {'IF NOT EXISTS ' if odds(draw, 4) else ''}{definition(draw, schema, new)}",
        lambda: f"ADD {definition(draw, schema, new)}",
        lambda: f"DROP COLUMN {'IF EXISTS ' if odds(draw, 4) else ''}{column}{' CASCADE' if odds(draw, 3) else ''}",
        lambda: f"DROP {column}",
        lambda: f"ALTER COLUMN {column} SET NOT NULL",
        lambda: f"ALTER {column} DROP NOT NULL",
        lambda: f"ALTER COLUMN {column} SET DEFAULT NULL",
        lambda: f"ALTER COLUMN {column} DROP DEFAULT",
        lambda: f"ALTER COLUMN {column} {pick(draw, ('TYPE', 'SET DATA TYPE'))} {_retype(draw)}",
        lambda: f"ADD {named(draw)}UNIQUE ({some_columns(draw, table)})",
        lambda: f"ADD {named(draw)}PRIMARY KEY ({some_columns(draw, table)})",
        lambda: f"ADD {named(draw)}CHECK ({some_columns(draw, table, 1)} IS NOT NULL){' NOT VALID' if odds(draw, 3) else ''}",
        lambda: _foreign(draw, schema, table),
        lambda: f"DROP CONSTRAINT {'IF EXISTS ' if odds(draw, 3) else ''}{_constraint(draw, table)}{' CASCADE' if odds(draw, 3) else ''}",
        lambda: f"VALIDATE CONSTRAINT {_constraint(draw, table)}",
        lambda: f"ALTER COLUMN {column} ADD GENERATED BY DEFAULT AS IDENTITY",
        lambda: f"ALTER COLUMN {column} DROP IDENTITY{' IF EXISTS' if odds(draw, 2) else ''}",
        lambda: f"ALTER COLUMN doubled DROP EXPRESSION{' IF EXISTS' if odds(draw, 2) else ''}",
        lambda: pick(draw, ("ENABLE ROW LEVEL SECURITY", "REPLICA IDENTITY FULL", "SET (fillfactor = 70)", "DISABLE TRIGGER USER", "SET LOGGED")),
    ))()  # fmt: skip


def _foreign(draw: Draw, schema: Schema, table: Table) -> str:
    """A partitioned table's key to itself becomes two: no generated history has one."""
    column = some_column(draw, table)
    target = target_of(draw, schema) or f"{dotted(table)} ({column})"
    if "partitioned" in table.options and target.startswith(dotted(table)):
        return "REPLICA IDENTITY FULL"
    return f"ADD {named(draw)}FOREIGN KEY ({column}) REFERENCES {target}{actions(draw)}"


def _retype(draw: Draw[str]) -> str:
    return pick(draw, ("text", "varchar(30)", "character varying", "bigint", "numeric(12, 3)", 'text COLLATE "C"'))


def _constraint(draw: Draw[str], table: Table) -> str:
    keys = (*table.unique, *table.foreign_keys, *table.checks, *((table.primary_key,) if table.primary_key else ()))
    return quoted(pick(draw, [key.name for key in keys] if keys and not odds(draw, 10) else CONSTRAINTS))


def alter_alone(draw: Draw, schema: Schema) -> str | None:
    """Actions that stand alone: renames, other namespaces, ties to parents."""
    table = some_table(draw, schema)
    if table is None:
        return None
    name, other = dotted(table), some_table(draw, schema)
    assert other is not None
    return pick(draw, (
        lambda: f"ALTER TABLE {name} RENAME TO {quoted(pick(draw, TABLES))}",
        lambda: f"ALTER TABLE {name} RENAME {'COLUMN ' if odds(draw, 2) else ''}{some_column(draw, table)} TO {quoted(pick(draw, COLUMNS))}",
        lambda: f"ALTER TABLE {name} RENAME COLUMN {some_column(draw, table)} TO {quoted(pick(draw, COLUMNS))}",
        lambda: f"ALTER TABLE {name} RENAME CONSTRAINT {_constraint(draw, table)} TO {quoted(pick(draw, CONSTRAINTS))}",
        lambda: f"ALTER TABLE {name} SET SCHEMA {quoted(pick(draw, ('public', *NAMESPACES)))}",
        lambda: f"ALTER TABLE {name} ALTER COLUMN {some_columns(draw, table, 1)} SET STATISTICS 100",
        lambda: f"ALTER TABLE {name} {pick(draw, ('INHERIT', 'NO INHERIT'))} {dotted(other)}",
        lambda: _tie(draw, schema) or f"ALTER TABLE {name} SET LOGGED",
        lambda: _tie(draw, schema) or f"ALTER TABLE {name} SET LOGGED",
        lambda: f"ALTER TABLE {name} OWNER TO CURRENT_USER",
        lambda: f"ALTER TABLE ONLY {name} ALTER COLUMN {some_columns(draw, table, 1)} SET DEFAULT NULL",
        lambda: "ALTER TABLE IF EXISTS nowhere ADD COLUMN x int",
        lambda: f"DROP TABLE {'IF EXISTS ' if odds(draw, 3) else ''}{name}{pick(draw, ('', '', ' CASCADE', f', {dotted(other)} CASCADE'))}",
    ))()  # fmt: skip


def _tie(draw: Draw, schema: Schema) -> str:
    """A partition comes or goes; a child is no longer one."""
    children = [
        (table, mark) for table in known_tables(schema) for mark in table.options if mark.startswith("child of ")
    ]
    parents = [table for table in known_tables(schema) if "partitioned" in table.options]
    if children and odds(draw, 2):
        child, mark = pick(draw, children)
        parent = ".".join(quoted(part) for part in mark.removeprefix("child of ").split(".") if part)
        if "partition" in child.options:
            return f"ALTER TABLE {parent} DETACH PARTITION {dotted(child)}"
        return f"ALTER TABLE {dotted(child)} NO INHERIT {parent}"
    if not parents:
        return ""
    likes = [
        table
        for table in known_tables(schema)
        if {one.name for one in table.columns} == {one.name for one in parents[0].columns}
    ]
    if not likes or odds(draw, 3):
        return f"CREATE TABLE {quoted(pick(draw, TABLES))} (LIKE {dotted(parents[0])}{_including(draw)})"
    return f"ALTER TABLE {dotted(parents[0])} ATTACH PARTITION {dotted(pick(draw, likes))} DEFAULT"
