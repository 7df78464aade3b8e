"""Names, types and definitions for made-up statements of PostgreSQL.

What comes in: what hypothesis draws, and a schema. What goes out: parts of statements. This module does not know statements.
"""

from collections.abc import Callable, Sequence
from typing import TypeVar

from hypothesis import strategies as st

from analyzer.catalog.named import EnumType, NamedType
from analyzer.catalog.schema import Schema
from analyzer.catalog.table import Table

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


def pick(draw: Draw[T], choices: Sequence[T]) -> T:
    return draw(st.sampled_from(choices))


def odds(draw: Draw[int], one_in: int) -> bool:
    return draw(st.integers(0, one_in - 1)) == 0


def dotted(table: Table) -> str:
    plain = table.namespace in ("", "pg_temp")
    return quoted(table.name) if plain else f"{quoted(table.namespace)}.{quoted(table.name)}"


def known_tables(schema: Schema, *kinds: str) -> list[Table]:
    return [table for table in schema.tables.values() if table.kind in (kinds or ("table",))]


def some_table(draw: Draw[Table], schema: Schema, *kinds: str) -> Table | None:
    known = known_tables(schema, *kinds)
    return pick(draw, known) if known else None


def some_column(draw: Draw[str], table: Table) -> str:
    """Mostly one that is there."""
    known = [column.name for column in table.columns]
    return quoted(pick(draw, known if known and not odds(draw, 12) else COLUMNS))


def some_columns(draw: Draw[str], table: Table, most: int = 2) -> str:
    known = [column.name for column in table.columns] or ["id"]
    found = draw(st.lists(st.sampled_from(known), min_size=1, max_size=most, unique=True))
    return ", ".join(map(quoted, found))


def new_name(draw: Draw[str], names: Sequence[str], *, namespaces: bool = True) -> str:
    name = quoted(pick(draw, names))
    if namespaces and odds(draw, 7):
        return f"{quoted(pick(draw, ('public', *NAMESPACES)))}.{name}"
    return name


def type_name(named: EnumType | NamedType) -> str:
    return (
        f"{quoted(named.namespace)}.{quoted(named.name)}"
        if named.namespace not in ("", "public")
        else quoted(named.name)
    )


def some_type(draw: Draw[str], schema: Schema) -> str:
    own = [type_name(named) for named in (*schema.enums.values(), *schema.types.values())]
    if own and odds(draw, 5):
        return pick(draw, own) + ("[]" if odds(draw, 3) else "")
    return pick(draw, TYPES)


def _default(draw: Draw[str], type_: str, schema: Schema) -> str:
    enum = schema.enum(type_)
    if enum is not None and enum.values:
        return "'" + pick(draw, enum.values).replace("'", "''") + "'"
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
            return pick(draw, _DEFAULTS[family])
    for word, family in (
        ("timestamptz", "timestamptz"),
        ("timestamp", "timestamp"),
        ("uuid", "uuid"),
        ("json", "json"),
        ("double", "float"),
    ):
        if type_.startswith(word):
            return pick(draw, _DEFAULTS[family])
    return ""


def definition(draw: Draw[str], schema: Schema, name: str, *, keys: bool = True) -> str:
    """One column with some of its constraints."""
    type_ = some_type(draw, schema)
    if keys and odds(draw, 9):
        return f"{name} {pick(draw, SERIALS)}{' PRIMARY KEY' if odds(draw, 2) else ''}"
    if keys and odds(draw, 12):
        return f"{name} bigint GENERATED {pick(draw, ('ALWAYS', 'BY DEFAULT'))} AS IDENTITY{' (START WITH 5)' if odds(draw, 2) else ''}"
    parts = [name, type_]
    default = _default(draw, type_, schema) if odds(draw, 3) else ""
    parts += [f"DEFAULT {default}"] if default else []
    parts += ["NOT NULL"] if odds(draw, 3) and default != "NULL" else ["NULL"] if odds(draw, 12) else []
    if odds(draw, 9):
        parts.append(f"{named(draw)}CHECK ({_check(draw, name, type_)})")
    if keys and odds(draw, 9) and not type_.startswith(("json", "xml", "point")):
        parts.append(f"{named(draw)}UNIQUE{' NULLS NOT DISTINCT' if odds(draw, 4) else ''}")
    if keys and odds(draw, 9) and (target := target_of(draw, schema)) and type_ in ("int", "integer", "int4"):
        parts.append(f"REFERENCES {target}{actions(draw)}")
    return " ".join(parts)


def named(draw: Draw[str]) -> str:
    return f"CONSTRAINT {quoted(pick(draw, CONSTRAINTS))} " if odds(draw, 3) else ""


def _check(draw: Draw[str], name: str, type_: str) -> str:
    if type_ in ("int", "integer", "bigint", "smallint", "int4"):
        return pick(
            draw, (f"{name} > 0", f"{name} BETWEEN 1 AND 9", f"{name} IN (1, 2)", f"{name} <> 0 AND {name} < 10")
        )
    if type_ in ("text", "varchar(20)", "varchar"):
        return pick(
            draw, (f"length({name}) > 2", f"{name} IN ('a', 'b')", f"{name} <> ''", f"{name} IS NULL OR {name} <> 'x'")
        )
    return f"{name} IS NOT NULL"


def actions(draw: Draw[str]) -> str:
    out = (
        f" ON DELETE {pick(draw, ('CASCADE', 'SET NULL', 'RESTRICT', 'NO ACTION', 'SET DEFAULT'))}"
        if odds(draw, 2)
        else ""
    )
    out += f" ON UPDATE {pick(draw, ('CASCADE', 'SET NULL'))}" if odds(draw, 4) else ""
    return out + (" DEFERRABLE INITIALLY DEFERRED" if odds(draw, 6) else "")


def target_of(draw: Draw[Table], schema: Schema) -> str:
    """A table whose primary key is one integer."""
    fits = [
        table
        for table in known_tables(schema)
        if table.primary_key and len(table.primary_key.columns) == 1
        and (column := table.column(table.primary_key.columns[0])) is not None and column.type.name == "integer"
    ]  # fmt: skip
    if not fits:
        return ""
    table = pick(draw, fits)
    assert table.primary_key is not None
    return dotted(table) + (f" ({quoted(table.primary_key.columns[0])})" if odds(draw, 2) else "")
