"""Random tables and random queries over them, in PostgreSQL's terms.

What goes out: hypothesis strategies of a Case: DDL and one query. Most queries are right; some hold a name, a type or a number of columns that is not.
This module does not know what is right: the engine says so.
"""

from collections.abc import Sequence

from hypothesis import strategies as st
from hypothesis.strategies import DrawFn
from msgspec import Struct

TYPES = (
    "integer", "bigint", "smallint", "text", "varchar(20)", "char(3)", "numeric(10,2)", "double precision", "real", "boolean", "uuid", "date", "timestamp",
    "timestamptz", "time", "interval", "jsonb", "json", "bytea", "inet", "text[]", "integer[]", "order_status", "sku", "order_status[]", "int4range", "tsvector",
)  # fmt: skip
NAMES = ("id", "name", "total", "status", "note", "tags", "placed", '"Line"', "user_id", "body")
TABLES = ("users", "orders", "items", '"Order Lines"')
SIGNS = (
    "=",
    "<>",
    "<",
    ">=",
    "+",
    "-",
    "*",
    "/",
    "%",
    "||",
    "->",
    "->>",
    "@>",
    "&&",
    "#>",
    "~",
    "LIKE",
    "ILIKE",
    "<@",
    "?",
    "IS DISTINCT FROM",
)
FUNCTIONS = (
    "lower", "upper", "length", "coalesce", "abs", "round", "now", "date_trunc", "to_char", "substr", "concat", "nullif", "greatest", "least", "array_length",
    "jsonb_array_length", "to_jsonb", "jsonb_build_object", "md5", "age", "left", "replace", "split_part", "array_append", "cardinality", "to_tsvector",
    "trunc", "ceil", "mod", "power", "sign", "floor", "row_to_json", "string_to_array", "array_to_string", "lower_inc", "isempty", "host", "extract_epoch",
    "format", "jsonb_typeof", "generate_subscripts", "upper", "date_part", "make_date", "encode", "octet_length", "starts_with", "enum_range", "array_position",
)  # fmt: skip
AGGREGATES = (
    "count",
    "sum",
    "avg",
    "min",
    "max",
    "array_agg",
    "bool_and",
    "string_agg",
    "jsonb_agg",
    "bit_or",
    "every",
    "stddev",
)
WINDOWS = (
    "row_number()",
    "rank()",
    "lag({0})",
    "first_value({0})",
    "sum({0})",
    "ntile(4)",
    "count(*)",
    "lead({0}, 1)",
    "nth_value({0}, 2)",
)
LITERALS = (
    "1", "2.5", "'5'", "'a'", "true", "null", "3000000000", "'2024-01-01'", "date '2024-01-01'", "interval '1 day'", "'{}'", "'draft'", "ARRAY[1, 2]",
    "now()", "current_date", "'x'::text", "'{}'::jsonb", "1e3", "'[1,2)'", "B'101'", "current_user",
)  # fmt: skip
CASTS = (
    "integer",
    "text",
    "bigint",
    "numeric",
    "varchar(5)",
    "uuid",
    "date",
    "timestamptz",
    "jsonb",
    "boolean",
    "text[]",
    "order_status",
    "sku",
    "char(2)",
    "no_type",
)


class Case(Struct, frozen=True):
    """`ddl` makes what `query` speaks of, but for its mistakes."""

    ddl: str
    query: str


class Table(Struct, frozen=True):
    """`columns` are (name, type), in order; `alias` is what a query calls it."""

    name: str
    columns: tuple[tuple[str, str], ...]
    alias: str = ""


HEAD = "CREATE TYPE order_status AS ENUM ('draft', 'sent'); CREATE DOMAIN sku AS varchar(20);\n"


@st.composite
def cases(draw: DrawFn) -> Case:
    """A schema and a query."""
    tables = tuple(
        draw(_table(name)) for name in draw(st.lists(st.sampled_from(TABLES), min_size=1, max_size=3, unique=True))
    )
    lines = [
        f"CREATE TABLE {table.name} ({', '.join(f'{name} {type_}{_null(index)}' for index, (name, type_) in enumerate(table.columns))});"
        for table in tables
    ]
    return Case(HEAD + "\n".join(lines), draw(_statement(tables)))


def _null(index: int) -> str:
    return " PRIMARY KEY" if index == 0 else " NOT NULL" if index % 2 else ""


@st.composite
def _table(draw: DrawFn, name: str) -> Table:
    names = draw(st.lists(st.sampled_from(NAMES), min_size=2, max_size=5, unique=True))
    keys = ("integer", "bigint", "text", "uuid")
    types = [draw(st.sampled_from(keys)), *(draw(st.sampled_from(TYPES)) for _ in names[1:])]
    return Table(name, tuple(zip(names, types, strict=True)))


@st.composite
def _statement(draw: DrawFn, tables: tuple[Table, ...]) -> str:
    kind = draw(st.sampled_from(("select",) * 6 + ("insert", "update", "delete", "with", "set")))
    match kind:
        case "insert":
            return draw(_insert(tables))
        case "update" | "delete":
            return draw(_change(tables, kind))
        case "with":
            inner = draw(_select(tables, 1))
            outer = draw(
                st.sampled_from(
                    (
                        "SELECT * FROM step",
                        "SELECT step.*, 1 FROM step",
                        "SELECT count(*) FROM step s",
                        "SELECT s FROM step s",
                    )
                )
            )
            return f"WITH step AS ({inner}) {outer}"
        case "set":
            sign = draw(st.sampled_from(("UNION", "UNION ALL", "INTERSECT", "EXCEPT")))
            return f"{draw(_select(tables, 1, plain=True))} {sign} {draw(_select(tables, 1, plain=True))}"
        case _:
            return draw(_select(tables, 2))


@st.composite
def _select(draw: DrawFn, tables: tuple[Table, ...], depth: int, *, plain: bool = False) -> str:
    source, scope = draw(_from(tables, depth))
    grouped = not plain and draw(st.integers(0, 4)) == 0
    items = [draw(_item(scope, depth, grouped=grouped)) for _ in range(draw(st.integers(1, 1 if plain else 3)))]
    where = f" WHERE {draw(_condition(scope, depth))}" if draw(st.booleans()) else ""
    tail = (
        draw(st.sampled_from(("", "", " ORDER BY 1", " LIMIT 5", " LIMIT $4", " ORDER BY 1 DESC OFFSET 2")))
        if not plain
        else ""
    )
    distinct = "DISTINCT " if draw(st.integers(0, 8)) == 0 else ""
    return f"SELECT {distinct}{', '.join(items)} FROM {source}{where}{tail}"


@st.composite
def _from(draw: DrawFn, tables: tuple[Table, ...], depth: int) -> tuple[str, tuple[Table, ...]]:
    first = draw(st.sampled_from(tables))
    scope = [Table(first.name, first.columns, "a")]
    text = f"{first.name} a"
    if draw(st.integers(0, 2)) == 0:
        other = draw(st.sampled_from(tables))
        scope.append(Table(other.name, other.columns, "b"))
        kind = draw(st.sampled_from(("JOIN", "LEFT JOIN", "RIGHT JOIN", "FULL JOIN", "CROSS JOIN", ",")))
        on = "" if kind in ("CROSS JOIN", ",") else f" ON {draw(_condition(tuple(scope), 0))}"
        text += f" {kind} {other.name} b{on}" if kind != "," else f", {other.name} b"
    elif depth > 1 and draw(st.integers(0, 3)) == 0:
        text += draw(st.sampled_from((
            ", generate_series(1, 3) n", ", LATERAL (SELECT 1 AS one, 'x' AS word) l", ", unnest(ARRAY['a', 'b']) u", ", (VALUES (1, 'a'), (2, 'b')) v(x, y)",
            ", jsonb_array_elements('[]') e", ", json_each('{}') j", ", (SELECT count(*) AS many FROM users) c", ", unnest($1::int[], $2::text[]) AS w(p, q)",
        )))  # fmt: skip
    return text, tuple(scope)


@st.composite
def _item(draw: DrawFn, scope: tuple[Table, ...], depth: int, *, grouped: bool) -> str:
    if grouped:
        name = draw(st.sampled_from(AGGREGATES))
        inner = "*" if name == "count" and draw(st.booleans()) else draw(_expression(scope, 1))
        return f"{name}({inner}{', $3' if name == 'string_agg' and draw(st.booleans()) else ''})"
    choice = draw(st.integers(0, 12))
    if choice == 0:
        return draw(st.sampled_from(("*", "a.*")))
    if choice == 1:
        return f"{draw(st.sampled_from(WINDOWS)).format(draw(_expression(scope, 0)))} OVER (ORDER BY {draw(_column(scope))})"
    expression = draw(_expression(scope, depth))
    return f"{expression} AS shown" if draw(st.integers(0, 3)) == 0 else expression


@st.composite
def _column(draw: DrawFn, scope: tuple[Table, ...]) -> str:
    if draw(st.integers(0, 40)) == 0:
        return draw(st.sampled_from(("emial", "a.nmae", "z.id", "ctid", "a.Line")))
    table = draw(st.sampled_from(scope))
    name = draw(st.sampled_from(table.columns))[0]
    return name if draw(st.booleans()) and len(scope) == 1 else f"{table.alias}.{name}"


@st.composite
def _alike(draw: DrawFn, scope: tuple[Table, ...]) -> tuple[str, str]:
    """Two operands that likely go together: columns of one type, or a column and a placeholder or literal."""
    table = draw(st.sampled_from(scope))
    name, type_ = draw(st.sampled_from(table.columns))
    others = [f"{other.alias}.{column}" for other in scope for column, theirs in other.columns if theirs == type_]
    right = draw(st.sampled_from((*others, f"${draw(st.integers(1, 3))}", draw(st.sampled_from(LITERALS)))))
    return f"{table.alias}.{name}", right


@st.composite
def _condition(draw: DrawFn, scope: tuple[Table, ...], depth: int) -> str:
    left, right = draw(_alike(scope))
    match draw(st.integers(0, 11)):
        case 0 | 1 | 2 | 3:
            return f"{left} {draw(st.sampled_from(('=', '<>', '<', '>=')))} {right}"
        case 4:
            return f"{left} IS NOT NULL"
        case 5:
            return f"{left} IN ({right}, {draw(st.sampled_from(('$1', '$2', right)))})"
        case 6:
            return f"{left} = ANY($2)"
        case 7:
            return f"{left} BETWEEN {right} AND {right}"
        case 8 if depth:
            return f"EXISTS (SELECT 1 FROM {scope[0].name} x WHERE x.{scope[0].columns[0][0]} = {left})"
        case 9:
            return f"NOT ({left} = {right} OR {left} IS NULL)"
        case 10 if depth:
            return f"{left} IN (SELECT {scope[0].columns[0][0]} FROM {scope[0].name})"
        case _:
            return draw(_expression(scope, depth))


@st.composite
def _expression(draw: DrawFn, scope: tuple[Table, ...], depth: int) -> str:
    choice = draw(st.integers(0, 3 if depth <= 0 else 13))
    inner = [draw(_expression(scope, depth - 1)) for _ in range(2)] if choice > 3 else []
    match choice:
        case 0 | 1:
            return draw(_column(scope))
        case 2:
            return draw(st.sampled_from(LITERALS))
        case 3:
            return f"${draw(st.integers(1, 3))}"
        case 4 | 5:
            left, right = draw(_alike(scope))
            return f"({left} {draw(st.sampled_from(SIGNS))} {right})"
        case 6:
            return f"({inner[0]} {draw(st.sampled_from(SIGNS))} {inner[1]})"
        case 7 | 8:
            name = draw(st.sampled_from(FUNCTIONS))
            return f"{name}({', '.join(inner[: draw(st.integers(0, 2))])})"
        case 9:
            return (
                f"{inner[0]}::{draw(st.sampled_from(CASTS))}"
                if " " not in inner[0]
                else f"CAST({inner[0]} AS {draw(st.sampled_from(CASTS))})"
            )
        case 10:
            return f"CASE WHEN {draw(_condition(scope, 0))} THEN {inner[0]} ELSE {inner[1]} END"
        case 11:
            return f"coalesce({inner[0]}, {inner[1]})"
        case 12:
            return draw(
                st.sampled_from(
                    (
                        "ARRAY[{0}, {1}]",
                        "({0} IS NULL)",
                        "NOT {0}",
                        "- {0}",
                        "extract(year from {0})",
                        "{0} AT TIME ZONE 'utc'",
                        "{0}[1]",
                    )
                )
            ).format(*inner)
        case _:
            table = draw(st.sampled_from(scope))
            return f"(SELECT x.{draw(st.sampled_from(table.columns))[0]} FROM {table.name} x LIMIT 1)"


@st.composite
def _insert(draw: DrawFn, tables: tuple[Table, ...]) -> str:
    table = draw(st.sampled_from(tables))
    columns = draw(st.lists(st.sampled_from(table.columns), min_size=1, max_size=3, unique=True))
    listed = ", ".join(name for name, _ in columns)
    count = len(columns) + (draw(st.integers(0, 8)) == 0)
    values = ", ".join(_value(draw, index) for index in range(count))
    conflict = (
        f" ON CONFLICT ({table.columns[0][0]}) DO UPDATE SET {columns[0][0]} = excluded.{columns[0][0]}"
        if draw(st.integers(0, 3)) == 0
        else ""
    )
    returning = (
        f" RETURNING {draw(st.sampled_from(('*', table.columns[0][0], 'emial', f'{table.columns[1][0]} AS x')))}"
        if draw(st.booleans())
        else ""
    )
    return f"INSERT INTO {table.name} ({listed}) VALUES ({values}){conflict}{returning}"


def _value(draw: DrawFn, index: int) -> str:
    return draw(st.sampled_from((f"${index + 1}", f"${index + 1}", f"${index + 1}", "DEFAULT", *LITERALS)))


@st.composite
def _change(draw: DrawFn, tables: tuple[Table, ...], kind: str) -> str:
    table = draw(st.sampled_from(tables))
    scope: Sequence[Table] = (Table(table.name, table.columns, table.name),)
    where = f" WHERE {draw(_condition(tuple(scope), 1))}"
    returning = " RETURNING *" if draw(st.integers(0, 2)) == 0 else ""
    if kind == "delete":
        return f"DELETE FROM {table.name}{where}{returning}"
    name, _ = draw(st.sampled_from(table.columns))
    value = draw(st.one_of(_expression(tuple(scope), 1), st.just("$1")))
    return f"UPDATE {table.name} SET {name} = {value}{where}{returning}"
