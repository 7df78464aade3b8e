"""What has to be there before the tables of a schema: extensions and sequences; and functions of its own, which are no part of it.

What comes in: tables and their expressions. What goes out: names. This module does not know how a statement is written.
"""

import re
from collections.abc import Iterator, Sequence

from analyzer.catalog.schema import Schema
from analyzer.catalog.table import Table
from analyzer.sql.canonical import called

_SEQUENCE = re.compile(r"\bnextval\s*\(\s*'([^']+)'", re.IGNORECASE)
# PostgreSQL's documentation, Appendix F; the READMEs of pgvector and PostGIS.
_BY_TYPE = {"citext": "citext", "hstore": "hstore", "ltree": "ltree", "vector": "vector", "geometry": "postgis", "geography": "postgis"}  # fmt: skip
_BY_FUNCTION = {
    "uuid_generate_v4": "uuid-ossp", "uuid_generate_v1": "uuid-ossp", "uuid_generate_v1mc": "uuid-ossp", "uuid_nil": "uuid-ossp",
    "crypt": "pgcrypto", "gen_salt": "pgcrypto", "digest": "pgcrypto", "hmac": "pgcrypto", "gen_random_bytes": "pgcrypto",
    "unaccent": "unaccent", "similarity": "pg_trgm",
}  # fmt: skip
_BY_CLASS = {"gin_trgm_ops": "pg_trgm", "gist_trgm_ops": "pg_trgm"}


def extensions(tables: Sequence[Table]) -> list[str]:
    """Extensions whose types, functions and operator classes the tables use."""
    types = {column.type.name.removesuffix("[]") for table in tables for column in table.columns}
    functions = {name for table in tables for text in _texts(table) for name in called(text, "postgres")}
    classes = {word for table in tables for index in table.indexes for option in index.options for word in option.split()}  # fmt: skip
    used = (_BY_TYPE.get(name) for name in types), (_BY_FUNCTION.get(name) for name in functions), (_BY_CLASS.get(name) for name in classes)  # fmt: skip
    return sorted({name for names in used for name in names if name is not None})


def sequences(tables: Sequence[Table]) -> list[str]:
    """Sequences that defaults draw from, but those that `serial` makes by itself."""
    columns = (column for table in tables for column in table.columns if "serial" not in column.type.raw.lower())
    return list(dict.fromkeys(name for column in columns for name in _SEQUENCE.findall(column.default or "")))


def unknown_functions(expression: str, schema: Schema) -> str:
    """Functions of the schema's own that an expression calls, as a list in words; "" for none."""
    if not expression or not schema.functions:
        return ""
    own = {name.lower() for name in schema.functions}
    return ", ".join(sorted(called(expression, schema.dialect) & own))


def _texts(table: Table) -> Iterator[str]:
    yield from (column.default for column in table.columns if column.default)
    yield from (check.sql for check in table.checks)
    for index in table.indexes:
        yield from (index.columns[at] for at in index.expressions)
        yield from (index.where,) if index.where else ()
