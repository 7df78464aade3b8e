"""What every database has without a migration: system relations, hidden columns, words that are no columns, function results.

Tables only. Sources: PostgreSQL's documentation 5.5 (system columns), 9 (functions), 52 (catalogs); sqlite.org/lang_corefunc.html,
/rowidtable.html, /fts5.html, /json1.html; MySQL's reference manual 12 and 26.
"""

from analyzer.catalog.types import UNKNOWN, ColumnType, parse_type
from analyzer.facts.source import Dialect

SYSTEM_NAMESPACES = frozenset(
    ("pg_catalog", "information_schema", "pg_toast", "mysql", "performance_schema", "sys", "temp", "pg_temp")
)
_SYSTEM_TABLES: dict[Dialect, frozenset[str]] = {
    "sqlite": frozenset(
        ("sqlite_master", "sqlite_schema", "sqlite_temp_master", "sqlite_temp_schema", "sqlite_sequence")
    ),
    "postgres": frozenset(("geometry_columns", "geography_columns", "spatial_ref_sys")),
    "mysql": frozenset(("dual",)),
}
_SYSTEM_PREFIX: dict[Dialect, tuple[str, ...]] = {
    "sqlite": (
        "sqlite_",
        "pragma_",
        "dbstat",
        "json_each",
        "json_tree",
        "jsonb_each",
        "jsonb_tree",
        "generate_series",
        "fts3tokenize",
    ),
    "postgres": ("pg_",),
    "mysql": (),
}
PSEUDO_COLUMNS: dict[Dialect, frozenset[str]] = {
    "sqlite": frozenset(("rowid", "oid", "_rowid_")),
    "postgres": frozenset(("ctid", "xmin", "xmax", "cmin", "cmax", "tableoid", "oid")),
    "mysql": frozenset(("_rowid",)),
}
PSEUDO_TYPES = {
    "ctid": "tid",
    "xmin": "xid",
    "xmax": "xid",
    "cmin": "cid",
    "cmax": "cid",
    "tableoid": "oid",
    "rowid": "INTEGER",
    "oid": "INTEGER",
    "_rowid_": "INTEGER",
}
# Words a parser without the grammar's keyword list reads as column names.
KEYWORDS: dict[Dialect, frozenset[str]] = {
    "postgres": frozenset((
        "current_date", "current_time", "current_timestamp", "current_user", "current_role", "current_catalog",
        "current_schema", "session_user", "system_user", "user", "localtime", "localtimestamp", "default", "all",
        "null", "true", "false", "excluded",
    )),
    "sqlite": frozenset((
        "current_date", "current_time", "current_timestamp", "null", "true", "false", "default",
    )),
    "mysql": frozenset((
        "current_date", "current_time", "current_timestamp", "current_user", "localtime", "localtimestamp",
        "utc_date", "utc_time", "utc_timestamp", "default", "null", "true", "false", "all", "unknown",
    )),
}  # fmt: skip


def is_system_relation(name: str, namespace: str, dialect: Dialect) -> bool:
    """True for catalogs, information_schema, PRAGMA functions and other relations no migration creates."""
    name, namespace = name.lower(), namespace.lower()
    if namespace in SYSTEM_NAMESPACES or namespace.startswith("pg_temp"):
        return True
    # A schema of another engine may have been chosen for the text: nobody's migrations make another engine's catalogue.
    if any(name in tables for tables in _SYSTEM_TABLES.values()) or name.startswith("sqlite_"):
        return True
    return name.startswith(_SYSTEM_PREFIX[dialect])


# Columns of table functions, by name; None where they depend on the arguments or the database.
TABLE_FUNCTIONS: dict[Dialect, dict[str, tuple[tuple[str, str, bool], ...]]] = {
    "postgres": {
        "json_each": (("key", "text", False), ("value", "json", True)),
        "jsonb_each": (("key", "text", False), ("value", "jsonb", True)),
        "json_each_text": (("key", "text", False), ("value", "text", True)),
        "jsonb_each_text": (("key", "text", False), ("value", "text", True)),
        "json_array_elements": (("value", "json", True),),
        "jsonb_array_elements": (("value", "jsonb", True),),
        "json_array_elements_text": (("value", "text", True),),
        "jsonb_array_elements_text": (("value", "text", True),),
    },
    "sqlite": dict.fromkeys(("json_each", "json_tree", "jsonb_each", "jsonb_tree"), (("key", "", True), ("value", "", True), ("type", "TEXT", False), ("atom", "", True), ("id", "INTEGER", False), ("parent", "INTEGER", True), ("fullkey", "TEXT", False), ("path", "TEXT", False), ("json", "TEXT", False), ("root", "TEXT", True))) | {"generate_series": (("value", "INTEGER", False), ("start", "", True), ("stop", "", True), ("step", "", True))},
    "mysql": {},
}  # fmt: skip

# name -> (PostgreSQL type; nullability). Nullability: "n" never NULL, "?" may be
# NULL, "s" strict: NULL only where an argument is. "1" as type: that of the first argument.
_FUNCTIONS: dict[str, tuple[str, str]] = {
    "count": ("bigint", "n"), "row_number": ("bigint", "n"), "rank": ("bigint", "n"), "dense_rank": ("bigint", "n"), "ntile": ("integer", "n"),
    "percent_rank": ("double precision", "n"), "cume_dist": ("double precision", "n"),
    "now": ("timestamptz", "n"), "clock_timestamp": ("timestamptz", "n"), "statement_timestamp": ("timestamptz", "n"),
    "transaction_timestamp": ("timestamptz", "n"), "current_timestamp": ("timestamptz", "n"), "current_date": ("date", "n"),
    "current_time": ("timetz", "n"), "localtimestamp": ("timestamp", "n"), "localtime": ("time", "n"), "current_user": ("name", "n"), "session_user": ("name", "n"),
    "current_database": ("name", "n"), "current_schema": ("name", "?"), "version": ("text", "n"), "random": ("double precision", "n"), "pi": ("double precision", "n"),
    "gen_random_uuid": ("uuid", "n"), "uuid_generate_v4": ("uuid", "n"), "uuidv7": ("uuid", "n"),
    "min": ("1", "?"), "max": ("1", "?"), "first_value": ("1", "?"), "last_value": ("1", "?"), "nth_value": ("1", "?"), "lag": ("1", "?"), "lead": ("1", "?"),
    "bool_and": ("boolean", "?"), "bool_or": ("boolean", "?"), "every": ("boolean", "?"), "bit_and": ("1", "?"), "bit_or": ("1", "?"),
    "string_agg": ("text", "?"), "group_concat": ("text", "?"), "json_agg": ("json", "?"), "jsonb_agg": ("jsonb", "?"),
    "json_object_agg": ("json", "?"), "jsonb_object_agg": ("jsonb", "?"),
    "json_build_object": ("json", "n"), "jsonb_build_object": ("jsonb", "n"), "json_build_array": ("json", "n"), "jsonb_build_array": ("jsonb", "n"),
    "to_json": ("json", "s"), "to_jsonb": ("jsonb", "s"), "row_to_json": ("json", "s"), "array_to_json": ("json", "s"),
    "json_object": ("json", "s"), "jsonb_object": ("jsonb", "s"), "jsonb_set": ("jsonb", "s"), "jsonb_strip_nulls": ("jsonb", "s"), "json_strip_nulls": ("json", "s"),
    "json_typeof": ("text", "s"), "jsonb_typeof": ("text", "s"), "json_array_length": ("integer", "s"), "jsonb_array_length": ("integer", "s"),
    "jsonb_path_exists": ("boolean", "?"), "jsonb_pretty": ("text", "s"),
    "lower": ("text", "s"), "upper": ("text", "s"), "trim": ("text", "s"), "btrim": ("text", "s"), "ltrim": ("text", "s"), "rtrim": ("text", "s"),
    "replace": ("text", "s"), "substring": ("text", "s"), "substr": ("text", "s"), "left": ("text", "s"), "right": ("text", "s"), "lpad": ("text", "s"),
    "rpad": ("text", "s"), "repeat": ("text", "s"), "reverse": ("text", "s"), "split_part": ("text", "s"), "translate": ("text", "s"), "initcap": ("text", "s"),
    "md5": ("text", "s"), "encode": ("text", "s"), "decode": ("bytea", "s"), "digest": ("bytea", "s"), "sha256": ("bytea", "s"), "format": ("text", "s"), "quote_ident": ("text", "s"),
    "quote_literal": ("text", "s"), "concat": ("text", "n"), "concat_ws": ("text", "s"), "to_char": ("text", "s"), "regexp_replace": ("text", "s"),
    "array_to_string": ("text", "s"), "string_to_array": ("text[]", "s"), "chr": ("text", "s"), "ascii": ("integer", "s"), "to_hex": ("text", "s"),
    "length": ("integer", "s"), "char_length": ("integer", "s"), "character_length": ("integer", "s"), "octet_length": ("integer", "s"), "bit_length": ("integer", "s"),
    "strpos": ("integer", "s"), "position": ("integer", "s"), "instr": ("integer", "s"), "unicode": ("integer", "s"), "hex": ("text", "n"),
    "array_length": ("integer", "?"), "cardinality": ("integer", "s"), "array_position": ("integer", "?"), "array_upper": ("integer", "?"), "array_lower": ("integer", "?"),
    "array_append": ("1", "n"), "array_remove": ("1", "s"), "array_cat": ("1", "s"), "array_dims": ("text", "?"),
    "abs": ("1", "s"), "mod": ("1", "s"), "ceil": ("double precision", "s"), "ceiling": ("double precision", "s"), "floor": ("double precision", "s"),
    "sqrt": ("double precision", "s"), "power": ("double precision", "s"), "pow": ("double precision", "s"), "exp": ("double precision", "s"), "ln": ("double precision", "s"),
    "to_timestamp": ("timestamptz", "s"), "date_trunc": ("2", "s"), "to_date": ("date", "s"), "age": ("interval", "s"), "make_interval": ("interval", "s"),
    "date_part": ("double precision", "s"), "extract": ("numeric", "s"), "justify_interval": ("interval", "s"), "timezone": ("timestamptz", "s"),
    "nextval": ("bigint", "n"), "currval": ("bigint", "n"), "setval": ("bigint", "n"), "lastval": ("bigint", "n"),
    "pg_advisory_lock": ("void", "n"), "pg_advisory_xact_lock": ("void", "n"), "pg_try_advisory_lock": ("boolean", "n"), "pg_try_advisory_xact_lock": ("boolean", "n"),
    "pg_advisory_unlock": ("boolean", "n"), "pg_notify": ("void", "n"), "pg_size_pretty": ("text", "s"), "pg_database_size": ("bigint", "s"), "pg_total_relation_size": ("bigint", "?"),
    "set_config": ("text", "?"), "current_setting": ("text", "?"), "hashtext": ("integer", "s"), "txid_current": ("bigint", "n"),
    "to_tsvector": ("tsvector", "s"), "to_tsquery": ("tsquery", "s"), "plainto_tsquery": ("tsquery", "s"), "websearch_to_tsquery": ("tsquery", "s"),
    "phraseto_tsquery": ("tsquery", "s"), "ts_rank": ("real", "s"), "ts_rank_cd": ("real", "s"), "ts_headline": ("text", "s"), "setweight": ("tsvector", "s"), "similarity": ("real", "s"), "word_similarity": ("real", "s"),
    "date_bin": ("2", "s"), "cbrt": ("double precision", "s"), "degrees": ("double precision", "s"), "radians": ("double precision", "s"),
    "scale": ("integer", "s"), "percentile_disc": ("", "?"), "div": ("numeric", "s"), "convert_from": ("text", "s"), "convert_to": ("bytea", "s"), "width_bucket": ("integer", "s"), "row": ("record", "n"), "starts_with": ("boolean", "s"), "num_nonnulls": ("integer", "n"), "num_nulls": ("integer", "n"), "isfinite": ("boolean", "s"),
    "percentile_cont": ("double precision", "?"), "stddev": ("numeric", "?"), "variance": ("numeric", "?"),
}  # fmt: skip
# What PostgreSQL takes a bare placeholder for, by the place of the argument; "" where it depends on the others.
PARAMETERS: dict[str, tuple[str, ...]] = {
    "set_config": ("text", "text", "boolean"), "current_setting": ("text", "boolean"), "pg_notify": ("text", "text"),
    "pg_advisory_lock": ("bigint",), "pg_advisory_xact_lock": ("bigint",), "pg_try_advisory_lock": ("bigint",), "hashtext": ("text",),
    "pg_try_advisory_xact_lock": ("bigint",), "pg_advisory_unlock": ("bigint",), "to_timestamp": ("double precision",),
    "lower": ("text",), "upper": ("text",), "trim": ("text",), "btrim": ("text", "text"), "ltrim": ("text", "text"), "rtrim": ("text", "text"),
    "md5": ("text",), "split_part": ("text", "text", "integer"), "replace": ("text", "text", "text"), "starts_with": ("text", "text"),
    "regexp_replace": ("text", "text", "text", "text"), "left": ("text", "integer"), "right": ("text", "integer"), "strpos": ("text", "text"),
    "plainto_tsquery": ("text",), "websearch_to_tsquery": ("text",), "phraseto_tsquery": ("text",), "string_to_array": ("text", "text"),
    "similarity": ("text", "text"), "word_similarity": ("text", "text"), "encode": ("bytea", "text"), "decode": ("text", "text"), "length": ("text",),
    "jsonb_set": ("jsonb", "text[]", "jsonb", "boolean"), "repeat": ("text", "integer"), "lpad": ("text", "integer", "text"),
}  # fmt: skip


def function_result(name: str, dialect: Dialect) -> tuple[str, str] | None:
    """(type name or argument number, nullability mark) of a function all versions of PostgreSQL have, or None."""
    return _FUNCTIONS.get(name) if dialect == "postgres" else None


def named_type(name: str, dialect: Dialect) -> ColumnType:
    """The type of a name of the tables above; unknown for ""."""
    return parse_type(name, dialect) if name else UNKNOWN
