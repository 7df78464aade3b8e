"""Made-up histories of PostgreSQL's DDL.

What comes in: what hypothesis draws, and the schema that our own replay knows after each statement, so that most statements name what is there.
What goes out: statements. This module does not know the engine.
"""

from collections.abc import Callable, Sequence
from typing import TypeVar

from hypothesis import strategies as st

from analyzer.catalog.schema import EnumType, NamedType, Schema, Table

T = TypeVar("T")
Draw = Callable[[st.SearchStrategy[T]], T]

LONG = "a_rather_long_name_that_somebody_gave_to_an_object_of_this_shop"
TABLES = ("users", "orders", "items", "Order", "select", "warehouse_entries", LONG + "_too")
COLUMNS = ("id", "email", "total", "createdAt", "order", "note", "status", "user_id", "flag", LONG)
ENUMS, DOMAINS, VIEWS = ("mood", "Role", "order"), ("amount", "email_address"), ("recent", "Totals", "everything")
INDEXES, CONSTRAINTS = ("by_email", "ByTotal", "idx"), ("is_good", "Unique_Thing", "to_users")
NAMESPACES = ("archive", "Billing")
_WORDS = frozenset({"select", "order", "all", "user", "table"})
_TEXTS = ("text", "varchar(20)", "character varying(40)", "varchar", "char(3)", "citext_free")
TYPES = (
    "int", "integer", "bigint", "smallint", "text", "varchar(20)", "character varying(40)", "varchar", "char(3)", "boolean", "uuid",
    "numeric(10, 2)", "numeric", "decimal(5)", "timestamptz", "timestamp(3)", "timestamp(3) with time zone", "date", "time(2)", "jsonb", "bytea",
    "double precision", "real", "float(10)", "interval day to second", "interval(3)", "bit(3)", "bit varying(5)", "text[]", "integer[][]", "int4",
    "float8", "inet", "varchar(10)[]", "pg_catalog.int8", "tstzrange", '"char"', "name", "interval year to month", "money", "int2[]",
)  # fmt: skip
VALUES = ("'a', 'b'", "'x'", "", "'a', 'c', 'D'")
SERIALS = ("serial", "bigserial", "smallserial")
_DEFAULTS = {
    "int": ("0", "1 + 2", "NULL", "-1"), "text": ("'a'", "''", "NULL", "'it''s'", "lower('A')", "$$b$$"), "bool": ("true", "false", "NOT true"),
    "timestamptz": ("now()", "CURRENT_TIMESTAMP", "NULL"), "timestamp": ("now()", "LOCALTIMESTAMP"), "uuid": ("gen_random_uuid()",),
    "json": ("'{}'", "'[1]'::jsonb"), "decimal": ("0", "1.5", "NULL"), "float": ("0.5", "0"), "date": ("CURRENT_DATE",), "bytes": ("NULL",),
}  # fmt: skip


def quoted(name: str) -> str:
    """A name as a statement must write it."""
    return f'"{name}"' if name in _WORDS or name != name.lower() else name


def _pick(draw: Draw[T], choices: Sequence[T]) -> T:
    return draw(st.sampled_from(choices))


def _odds(draw: Draw[int], one_in: int) -> bool:
    return draw(st.integers(0, one_in - 1)) == 0


def _dotted(table: Table) -> str:
    plain = table.namespace in ("", "pg_temp")
    return quoted(table.name) if plain else f"{quoted(table.namespace)}.{quoted(table.name)}"


def _tables(schema: Schema, *kinds: str) -> list[Table]:
    return [table for table in schema.tables.values() if table.kind in (kinds or ("table",))]


def _table(draw: Draw[Table], schema: Schema, *kinds: str) -> Table | None:
    known = _tables(schema, *kinds)
    return _pick(draw, known) if known else None


def _column(draw: Draw[str], table: Table) -> str:
    """Mostly one that is there."""
    known = [column.name for column in table.columns]
    return quoted(_pick(draw, known if known and not _odds(draw, 12) else COLUMNS))


def _columns(draw: Draw[str], table: Table, most: int = 2) -> str:
    known = [column.name for column in table.columns] or ["id"]
    found = draw(st.lists(st.sampled_from(known), min_size=1, max_size=most, unique=True))
    return ", ".join(map(quoted, found))


def _new_name(draw: Draw[str], names: Sequence[str], *, namespaces: bool = True) -> str:
    name = quoted(_pick(draw, names))
    if namespaces and _odds(draw, 7):
        return f"{quoted(_pick(draw, ('public', *NAMESPACES)))}.{name}"
    return name


def _type_name(named: EnumType | NamedType) -> str:
    return (
        f"{quoted(named.namespace)}.{quoted(named.name)}"
        if named.namespace not in ("", "public")
        else quoted(named.name)
    )


def _type(draw: Draw[str], schema: Schema) -> str:
    own = [_type_name(named) for named in (*schema.enums.values(), *schema.types.values())]
    if own and _odds(draw, 5):
        return _pick(draw, own) + ("[]" if _odds(draw, 3) else "")
    return _pick(draw, TYPES)


def _default(draw: Draw[str], type_: str, schema: Schema) -> str:
    enum = schema.enum(type_)
    if enum is not None and enum.values:
        return "'" + _pick(draw, enum.values).replace("'", "''") + "'"
    if type_.startswith('"') or schema.type(type_) is not None:
        return ""
    for word, family in (
        ("int", "int"),
        ("serial", ""),
        ("char", "text"),
        ("text", "text"),
        ("bool", "bool"),
        ("numeric", "decimal"),
    ):
        if type_.endswith("]") or (word in type_ and not family) or type_.startswith("interval"):
            return ""
        if word in type_:
            return _pick(draw, _DEFAULTS[family])
    for word, family in (
        ("timestamptz", "timestamptz"),
        ("timestamp", "timestamp"),
        ("uuid", "uuid"),
        ("json", "json"),
        ("double", "float"),
    ):
        if type_.startswith(word):
            return _pick(draw, _DEFAULTS[family])
    return ""


def _definition(draw: Draw[str], schema: Schema, name: str, *, keys: bool = True) -> str:
    """One column with some of its constraints."""
    type_ = _type(draw, schema)
    if keys and _odds(draw, 9):
        return f"{name} {_pick(draw, SERIALS)}{' PRIMARY KEY' if _odds(draw, 2) else ''}"
    if keys and _odds(draw, 12):
        return f"{name} bigint GENERATED {_pick(draw, ('ALWAYS', 'BY DEFAULT'))} AS IDENTITY{' (START WITH 5)' if _odds(draw, 2) else ''}"
    parts = [name, type_]
    default = _default(draw, type_, schema) if _odds(draw, 3) else ""
    parts += [f"DEFAULT {default}"] if default else []
    parts += ["NOT NULL"] if _odds(draw, 3) and default != "NULL" else ["NULL"] if _odds(draw, 12) else []
    if _odds(draw, 9):
        parts.append(f"{_named(draw)}CHECK ({_check(draw, name, type_)})")
    if keys and _odds(draw, 9) and not type_.startswith(("json", "xml", "point")):
        parts.append(f"{_named(draw)}UNIQUE{' NULLS NOT DISTINCT' if _odds(draw, 4) else ''}")
    if keys and _odds(draw, 9) and (target := _target(draw, schema)) and type_ in ("int", "integer", "int4"):
        parts.append(f"REFERENCES {target}{_actions(draw)}")
    return " ".join(parts)


def _named(draw: Draw[str]) -> str:
    return f"CONSTRAINT {quoted(_pick(draw, CONSTRAINTS))} " if _odds(draw, 3) else ""


def _check(draw: Draw[str], name: str, type_: str) -> str:
    if type_ in ("int", "integer", "bigint", "smallint", "int4"):
        return _pick(
            draw, (f"{name} > 0", f"{name} BETWEEN 1 AND 9", f"{name} IN (1, 2)", f"{name} <> 0 AND {name} < 10")
        )
    if type_ in ("text", "varchar(20)", "varchar"):
        return _pick(
            draw, (f"length({name}) > 2", f"{name} IN ('a', 'b')", f"{name} <> ''", f"{name} IS NULL OR {name} <> 'x'")
        )
    return f"{name} IS NOT NULL"


def _actions(draw: Draw[str]) -> str:
    out = (
        f" ON DELETE {_pick(draw, ('CASCADE', 'SET NULL', 'RESTRICT', 'NO ACTION', 'SET DEFAULT'))}"
        if _odds(draw, 2)
        else ""
    )
    out += f" ON UPDATE {_pick(draw, ('CASCADE', 'SET NULL'))}" if _odds(draw, 4) else ""
    return out + (" DEFERRABLE INITIALLY DEFERRED" if _odds(draw, 6) else "")


def _target(draw: Draw[Table], schema: Schema) -> str:
    """A table whose primary key is one integer."""
    fits = [
        table
        for table in _tables(schema)
        if table.primary_key and len(table.primary_key.columns) == 1
        and (column := table.column(table.primary_key.columns[0])) is not None and column.type.name == "integer"
    ]  # fmt: skip
    if not fits:
        return ""
    table = _pick(draw, fits)
    assert table.primary_key is not None
    return _dotted(table) + (f" ({quoted(table.primary_key.columns[0])})" if _odds(draw, 2) else "")


def create_table(draw: Draw, schema: Schema) -> str:
    """Columns with constraints, LIKE, INHERITS, keys; partitioned, typed, of a query."""
    name = _new_name(draw, TABLES)
    kind = _pick(draw, ("", "", "", "", "", "UNLOGGED ", "TEMP "))
    name = "scratch" if kind == "TEMP " else name
    head = f"CREATE {kind}TABLE {'IF NOT EXISTS ' if _odds(draw, 5) else ''}"
    names = draw(st.lists(st.sampled_from(COLUMNS), min_size=1, max_size=5, unique=True))
    items = [_definition(draw, schema, quoted(column)) for column in names]
    if _odds(draw, 3):
        items[0] = (
            f"{quoted(names[0])} integer{_pick(draw, (' PRIMARY KEY', ' CONSTRAINT pk PRIMARY KEY', ' NOT NULL PRIMARY KEY'))}"
        )
    elif _odds(draw, 4):
        items[-1:] = [
            items[-1],
            f"{_named(draw)}PRIMARY KEY ({', '.join(quoted(one) for one in names[: draw(st.integers(1, 2))])})",
        ]
    if _odds(draw, 4):
        items.append(f"{_named(draw)}UNIQUE ({', '.join(quoted(one) for one in names[-draw(st.integers(1, 2)) :])})")
    if _odds(draw, 6):
        items.append(
            f"{_named(draw)}CHECK ({quoted(names[0])} IS NOT NULL{f' OR {quoted(names[-1])} IS NULL' if _odds(draw, 2) else ''})"
        )
    if _odds(draw, 8) and names[0] != "total":
        items.append(
            f"doubled text GENERATED ALWAYS AS ('x' || {quoted(names[0])}::text) {_pick(draw, ('STORED', 'VIRTUAL'))}"
        )
    if _odds(draw, 8) and (like := _table(draw, schema, "table", "view")):
        items.insert(draw(st.integers(0, len(items))), f"LIKE {_dotted(like)}{_including(draw)}")
    tail = ""
    if _odds(draw, 10) and (parent := _table(draw, schema)):
        tail = f" INHERITS ({_dotted(parent)})"
    elif _odds(draw, 12):
        tail = f" PARTITION BY LIST ({quoted(names[0])})"
    gap = _pick(draw, ("", "\n  ", " /* odd */ ", "\t-- a note, with ' a quote\n"))
    return f"{head}{name}{gap} ({f',{gap} '.join(items)}){tail}"


def _including(draw: Draw[str]) -> str:
    words = ("DEFAULTS", "CONSTRAINTS", "INDEXES", "IDENTITY", "GENERATED", "ALL")
    return "".join(
        f" {_pick(draw, ('INCLUDING', 'INCLUDING', 'EXCLUDING'))} {_pick(draw, words)}"
        for _ in range(draw(st.integers(0, 3)))
    )


def create_of(draw: Draw, schema: Schema) -> str | None:
    """Tables from what is there: a partition, a query's rows, a type's attributes."""
    name = _new_name(draw, TABLES)
    match draw(st.integers(0, 3)):
        case 0:
            parents = [table for table in _tables(schema) if "partitioned" in table.options]
            if parents:
                bound = _pick(draw, ("DEFAULT", f"FOR VALUES IN ({draw(st.integers(1, 30))})"))
                return f"CREATE TABLE {name} PARTITION OF {_dotted(_pick(draw, parents))} {bound}"
        case 1:
            types = [named.name for named in schema.types.values() if named.attributes]
            if types:
                return (
                    f"CREATE TABLE {name} OF {quoted(_pick(draw, types))}{' (note NOT NULL)' if _odds(draw, 2) else ''}"
                )
        case _:
            source = _table(draw, schema, "table", "view")
            if source is not None and source.columns:
                columns = _columns(draw, source, 3)
                if _odds(draw, 2):
                    return f"SELECT {columns} INTO {name} FROM {_dotted(source)}"
                return f"CREATE TABLE {name} AS SELECT {columns} FROM {_dotted(source)}{' WITH NO DATA' if _odds(draw, 2) else ''}"
    return None


def alter_table(draw: Draw, schema: Schema) -> str | None:
    """One to three actions."""
    table = _table(draw, schema)
    if table is None:
        return None
    actions = [_action(draw, schema, table) for _ in range(_pick(draw, (1, 1, 1, 2, 3)))]
    only = "IF EXISTS " if _odds(draw, 10) else ""
    return f"ALTER TABLE {only}{_dotted(table)} {', '.join(actions)}"


def _action(draw: Draw, schema: Schema, table: Table) -> str:
    column = _column(draw, table)
    new = quoted(_pick(draw, COLUMNS))
    return _pick(draw, (
        lambda: f"ADD COLUMN {'IF NOT EXISTS ' if _odds(draw, 4) else ''}{_definition(draw, schema, new)}",
        lambda: f"ADD {_definition(draw, schema, new)}",
        lambda: f"DROP COLUMN {'IF EXISTS ' if _odds(draw, 4) else ''}{column}{' CASCADE' if _odds(draw, 3) else ''}",
        lambda: f"DROP {column}",
        lambda: f"ALTER COLUMN {column} SET NOT NULL",
        lambda: f"ALTER {column} DROP NOT NULL",
        lambda: f"ALTER COLUMN {column} SET DEFAULT NULL",
        lambda: f"ALTER COLUMN {column} DROP DEFAULT",
        lambda: f"ALTER COLUMN {column} {_pick(draw, ('TYPE', 'SET DATA TYPE'))} {_retype(draw)}",
        lambda: f"ADD {_named(draw)}UNIQUE ({_columns(draw, table)})",
        lambda: f"ADD {_named(draw)}PRIMARY KEY ({_columns(draw, table)})",
        lambda: f"ADD {_named(draw)}CHECK ({_columns(draw, table, 1)} IS NOT NULL){' NOT VALID' if _odds(draw, 3) else ''}",
        lambda: _foreign(draw, schema, table),
        lambda: f"DROP CONSTRAINT {'IF EXISTS ' if _odds(draw, 3) else ''}{_constraint(draw, table)}{' CASCADE' if _odds(draw, 3) else ''}",
        lambda: f"VALIDATE CONSTRAINT {_constraint(draw, table)}",
        lambda: f"ALTER COLUMN {column} ADD GENERATED BY DEFAULT AS IDENTITY",
        lambda: f"ALTER COLUMN {column} DROP IDENTITY{' IF EXISTS' if _odds(draw, 2) else ''}",
        lambda: f"ALTER COLUMN doubled DROP EXPRESSION{' IF EXISTS' if _odds(draw, 2) else ''}",
        lambda: _pick(draw, ("ENABLE ROW LEVEL SECURITY", "REPLICA IDENTITY FULL", "SET (fillfactor = 70)", "DISABLE TRIGGER USER", "SET LOGGED")),
    ))()  # fmt: skip


def _foreign(draw: Draw, schema: Schema, table: Table) -> str:
    """A partitioned table's key to itself becomes two: no generated history has one."""
    column = _column(draw, table)
    target = _target(draw, schema) or f"{_dotted(table)} ({column})"
    if "partitioned" in table.options and target.startswith(_dotted(table)):
        return "REPLICA IDENTITY FULL"
    return f"ADD {_named(draw)}FOREIGN KEY ({column}) REFERENCES {target}{_actions(draw)}"


def _retype(draw: Draw[str]) -> str:
    return _pick(draw, ("text", "varchar(30)", "character varying", "bigint", "numeric(12, 3)", 'text COLLATE "C"'))


def _constraint(draw: Draw[str], table: Table) -> str:
    keys = (*table.unique, *table.foreign_keys, *table.checks, *((table.primary_key,) if table.primary_key else ()))
    return quoted(_pick(draw, [key.name for key in keys] if keys and not _odds(draw, 10) else CONSTRAINTS))


def alter_alone(draw: Draw, schema: Schema) -> str | None:
    """Actions that stand alone: renames, other namespaces, ties to parents."""
    table = _table(draw, schema)
    if table is None:
        return None
    name, other = _dotted(table), _table(draw, schema)
    assert other is not None
    return _pick(draw, (
        lambda: f"ALTER TABLE {name} RENAME TO {quoted(_pick(draw, TABLES))}",
        lambda: f"ALTER TABLE {name} RENAME {'COLUMN ' if _odds(draw, 2) else ''}{_column(draw, table)} TO {quoted(_pick(draw, COLUMNS))}",
        lambda: f"ALTER TABLE {name} RENAME COLUMN {_column(draw, table)} TO {quoted(_pick(draw, COLUMNS))}",
        lambda: f"ALTER TABLE {name} RENAME CONSTRAINT {_constraint(draw, table)} TO {quoted(_pick(draw, CONSTRAINTS))}",
        lambda: f"ALTER TABLE {name} SET SCHEMA {quoted(_pick(draw, ('public', *NAMESPACES)))}",
        lambda: f"ALTER TABLE {name} ALTER COLUMN {_columns(draw, table, 1)} SET STATISTICS 100",
        lambda: f"ALTER TABLE {name} {_pick(draw, ('INHERIT', 'NO INHERIT'))} {_dotted(other)}",
        lambda: _tie(draw, schema) or f"ALTER TABLE {name} SET LOGGED",
        lambda: _tie(draw, schema) or f"ALTER TABLE {name} SET LOGGED",
        lambda: f"ALTER TABLE {name} OWNER TO CURRENT_USER",
        lambda: f"DROP TABLE {'IF EXISTS ' if _odds(draw, 3) else ''}{name}{_pick(draw, ('', '', ' CASCADE', f', {_dotted(other)} CASCADE'))}",
    ))()  # fmt: skip


def _tie(draw: Draw, schema: Schema) -> str:
    """A partition comes or goes; a child is no longer one."""
    children = [(table, mark) for table in _tables(schema) for mark in table.options if mark.startswith("child of ")]
    parents = [table for table in _tables(schema) if "partitioned" in table.options]
    if children and _odds(draw, 2):
        child, mark = _pick(draw, children)
        parent = ".".join(quoted(part) for part in mark.removeprefix("child of ").split(".") if part)
        if "partition" in child.options:
            return f"ALTER TABLE {parent} DETACH PARTITION {_dotted(child)}"
        return f"ALTER TABLE {_dotted(child)} NO INHERIT {parent}"
    if not parents:
        return ""
    likes = [
        table
        for table in _tables(schema)
        if {one.name for one in table.columns} == {one.name for one in parents[0].columns}
    ]
    if not likes or _odds(draw, 3):
        return f"CREATE TABLE {quoted(_pick(draw, TABLES))} (LIKE {_dotted(parents[0])}{_including(draw)})"
    return f"ALTER TABLE {_dotted(parents[0])} ATTACH PARTITION {_dotted(_pick(draw, likes))} DEFAULT"


def index(draw: Draw, schema: Schema) -> str | None:
    """CREATE, ALTER and DROP INDEX; a key made of an index."""
    table = _table(draw, schema)
    known = [(one.name, other) for other in schema.tables.values() for one in (*other.indexes, *other.unique)]
    if table is None or (known and _odds(draw, 4)):
        name, of = _pick(draw, known) if known else ("by_email", table)
        where = f"{quoted(of.namespace)}.{quoted(name)}" if of and of.namespace else quoted(name)
        return _pick(draw, (
            f"DROP INDEX {where}", f"DROP INDEX IF EXISTS {where}, by_nothing", f"ALTER INDEX {where} RENAME TO {quoted(_pick(draw, INDEXES))}",
            f"ALTER TABLE {_dotted(of)} ADD {_named(draw)}UNIQUE USING INDEX {quoted(name)}" if of else "SELECT 1",
        ))  # fmt: skip
    name = quoted(_pick(draw, INDEXES)) if _odds(draw, 2) else ""
    guard = "IF NOT EXISTS " if name and _odds(draw, 4) else ""
    keys = ", ".join(_index_key(draw, table) for _ in range(draw(st.integers(1, 2))))
    include = f" INCLUDE ({_columns(draw, table, 1)})" if _odds(draw, 6) else ""
    nulls = " NULLS NOT DISTINCT" if _odds(draw, 8) else ""
    where = f" WHERE {_columns(draw, table, 1)} IS NOT NULL" if _odds(draw, 5) else ""
    unique = "UNIQUE " if nulls or _odds(draw, 4) else ""
    only = "ONLY " if _odds(draw, 10) else ""
    return f"CREATE {unique}INDEX {guard}{name} ON {only}{_dotted(table)}{' USING btree' if _odds(draw, 3) else ''} ({keys}){include}{nulls}{where}"


def _index_key(draw: Draw, table: Table) -> str:
    column = _column(draw, table)
    texts = [quoted(one.name) for one in table.columns if one.type.family == "text" and not one.type.element]
    if texts and _odds(draw, 3):
        text = _pick(draw, texts)
        return _pick(
            draw,
            (
                f"lower({text})",
                f"({text} || 'x')",
                f"(lower({text}::text))",
                f"(coalesce({text}, ''))",
                f"{text} text_pattern_ops",
            ),
        )
    return column + _pick(draw, ("", "", "", " DESC", " ASC NULLS FIRST", " DESC NULLS LAST", " ASC"))


def types(draw: Draw, schema: Schema) -> str | None:
    """Enums, domains and composite types."""
    enum = _pick(draw, [_type_name(named) for named in schema.enums.values()] or list(map(quoted, ENUMS)))
    made = _pick(draw, [_type_name(named) for named in schema.types.values()] or list(map(quoted, DOMAINS)))
    known = schema.enum(enum)
    values = known.values if known is not None else ()
    value, new = _pick(draw, values or ("a",)), _pick(draw, ("a", "b", "it''s", "D"))
    return _pick(draw, (
        lambda: f"CREATE TYPE {quoted(_pick(draw, ENUMS))} AS ENUM ({_pick(draw, VALUES)})",
        lambda: f"ALTER TYPE {enum} ADD VALUE {'IF NOT EXISTS ' if _odds(draw, 3) else ''}'{new}'{_beside(draw, value)}",
        lambda: f"ALTER TYPE {enum} RENAME VALUE '{value.replace(chr(39), chr(39) * 2)}' TO '{new}'",
        lambda: f"ALTER TYPE {enum} RENAME TO {quoted(_pick(draw, ENUMS))}",
        lambda: f"ALTER TYPE {enum} SET SCHEMA {_pick(draw, ('public', 'archive'))}",
        lambda: f"DROP TYPE {'IF EXISTS ' if _odds(draw, 3) else ''}{_pick(draw, (enum, made))}{' CASCADE' if _odds(draw, 2) else ''}",
        lambda: f"CREATE DOMAIN {quoted(_pick(draw, DOMAINS))} AS {_pick(draw, ('int', 'numeric(6, 2)', 'varchar(9)'))}{_domain_tail(draw)}",
        lambda: f"ALTER DOMAIN {made} {_pick(draw, ('SET NOT NULL', 'DROP NOT NULL', 'DROP DEFAULT', 'ADD CHECK (VALUE IS NOT NULL)'))}",
        lambda: f"ALTER DOMAIN {made} ADD CONSTRAINT small CHECK (VALUE IS NOT NULL) NOT VALID",
        lambda: f"ALTER DOMAIN {made} {_pick(draw, ('VALIDATE CONSTRAINT small', 'RENAME CONSTRAINT small TO tiny', 'DROP CONSTRAINT small'))}",
        lambda: f"ALTER DOMAIN {made} RENAME TO {quoted(_pick(draw, DOMAINS))}",
        lambda: f"CREATE TYPE {quoted(_pick(draw, ('pair', 'Address')))} AS (id int, note varchar(5), {quoted(_pick(draw, COLUMNS[2:]))} text)",
        lambda: f"ALTER TYPE {made} {_pick(draw, ('ADD ATTRIBUTE more int', 'DROP ATTRIBUTE note CASCADE', 'RENAME ATTRIBUTE id TO nr'))} CASCADE",
    ))()  # fmt: skip


def _beside(draw: Draw[str], value: str) -> str:
    text = value.replace("'", "''")
    return _pick(draw, ("", "", f" BEFORE '{text}'", f" AFTER '{text}'"))


def _domain_tail(draw: Draw[str]) -> str:
    return _pick(
        draw,
        (
            "",
            " NOT NULL",
            " DEFAULT NULL",
            " CHECK (VALUE IS NOT NULL)",
            " CONSTRAINT good CHECK (VALUE IS NOT NULL) NOT NULL",
        ),
    )


def view(draw: Draw, schema: Schema) -> str | None:
    """Views, materialized ones too."""
    known = _tables(schema, "view")
    if known and _odds(draw, 3):
        made = _pick(draw, known)
        word = "MATERIALIZED VIEW" if "materialized" in made.options else "VIEW"
        return _pick(draw, (
            f"DROP {word} {_dotted(made)}", f"DROP {word} IF EXISTS {_dotted(made)} CASCADE",
            f"ALTER {word} {_dotted(made)} RENAME TO {quoted(_pick(draw, VIEWS))}",
            f"ALTER {word} {_dotted(made)} RENAME COLUMN {_column(draw, made)} TO {quoted(_pick(draw, COLUMNS))}",
            f"ALTER {word} {_dotted(made)} SET SCHEMA {quoted(_pick(draw, ('public', *NAMESPACES)))}",
        ))  # fmt: skip
    source = _table(draw, schema, "table", "view")
    if source is None or not source.columns:
        return None
    head = _pick(
        draw,
        ("CREATE VIEW", "CREATE OR REPLACE VIEW", "CREATE MATERIALIZED VIEW", "CREATE MATERIALIZED VIEW IF NOT EXISTS"),
    )
    tail = " WITH NO DATA" if "MATER" in head and _odds(draw, 2) else ""
    return f"{head} {_new_name(draw, VIEWS)} AS {_query(draw, schema, source)}{tail}"


def _query(draw: Draw, schema: Schema, source: Table) -> str:
    name, columns = _dotted(source), _columns(draw, source, 3)
    one = _columns(draw, source, 1)
    other = _table(draw, schema)
    joined = (
        f"SELECT a.*, 1 AS one FROM {name} a CROSS JOIN {_dotted(other)} b"
        if other is not None
        else f"SELECT 1 AS one FROM {name}"
    )
    return _pick(draw, (
        f"SELECT * FROM {name}", f"SELECT {columns} FROM {name}", f"SELECT {columns} FROM {name} WHERE {one} IS NOT NULL",
        f"SELECT {one}, count(*) AS n FROM {name} GROUP BY {one}", f"SELECT {one} AS renamed, 'x' AS kind, now() AS at FROM {name}",
        f"WITH q AS (SELECT {columns} FROM {name}) SELECT * FROM q", f"SELECT {one}::text AS t, NULL::int AS nothing FROM {name}",
        f"SELECT {columns} FROM {name} UNION ALL SELECT {columns} FROM {name}", joined,
    ))  # fmt: skip


def namespace(draw: Draw, schema: Schema) -> str | None:
    """Namespaces, the search path, and blocks."""
    del schema
    name = quoted(_pick(draw, NAMESPACES))
    table = quoted(_pick(draw, TABLES[:-1]))
    return _pick(draw, (
        f"CREATE SCHEMA {name}", f"CREATE SCHEMA IF NOT EXISTS {name}", 'DROP SCHEMA "Billing" CASCADE', 'DROP SCHEMA IF EXISTS "Billing" CASCADE',
        f'CREATE SCHEMA "Annex" CREATE TABLE {table} (id int PRIMARY KEY) CREATE INDEX ON {table} (id) CREATE VIEW seen AS SELECT 1 AS one',
        "SET search_path TO archive, public", "SET search_path = public", "RESET search_path",
        "SELECT pg_catalog.set_config('search_path', 'archive, public', false)",
        f"DO $$ BEGIN CREATE TABLE {table} (id int); EXCEPTION WHEN duplicate_table THEN NULL; END $$",
        "DO $do$ BEGIN CREATE TYPE mood AS ENUM ('a', 'b'); EXCEPTION WHEN duplicate_object THEN NULL; END $do$",
        f"COMMENT ON SCHEMA public IS 'it''s; {table}'", "GRANT USAGE ON SCHEMA public TO PUBLIC", 'ALTER SCHEMA "Billing" RENAME TO "Annex"',
        "CREATE FUNCTION touch() RETURNS trigger LANGUAGE plpgsql AS $f$ BEGIN NEW.note := 'x'; RETURN NEW; END $f$", "CREATE SEQUENCE numbers", "DROP SEQUENCE numbers",
    ))  # fmt: skip


KINDS = (create_table, create_table, create_table, create_of, alter_table, alter_table, alter_table, alter_table, alter_alone, alter_alone, index, index, types,
         types, view, view, namespace)  # fmt: skip


def statement(draw: Draw, schema: Schema) -> str:
    """One statement that fits what is there, or nearly."""
    made = _pick(draw, KINDS)(draw, schema)
    return made or create_table(draw, schema)
