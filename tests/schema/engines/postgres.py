"""What PostgreSQL built, by its system catalogues.

What comes in: a connection. What goes out: {table: TableShape} of every namespace that is not the system's; types as `format_type` prints them,
expressions as `pg_get_expr` does, made canonical.
"""

from collections.abc import Sequence
from typing import Any

from analyzer.catalog.types import parse_type
from analyzer.sql.canonical import canonical
from tests.schema.engines.shapes import ColumnShape, IndexShape, TableShape

_USER = "n.nspname NOT LIKE 'pg\\_%%' AND n.nspname <> 'information_schema'"
_COLUMNS = f"""
SELECT n.nspname, c.relname, a.attname, format_type(a.atttypid, a.atttypmod), a.attnotnull, pg_get_expr(d.adbin, d.adrelid),
  a.attgenerated::text, a.attidentity::text
FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
LEFT JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped
LEFT JOIN pg_attrdef d ON d.adrelid = c.oid AND d.adnum = a.attnum
WHERE c.relkind IN ('r', 'p', 'f') AND {_USER} ORDER BY 1, 2, a.attnum"""
_KEYS = f"""
SELECT n.nspname, c.relname, k.contype::text,
  (SELECT array_agg(a.attname::text ORDER BY o.n) FROM unnest(k.conkey) WITH ORDINALITY o(num, n)
   JOIN pg_attribute a ON a.attrelid = k.conrelid AND a.attnum = o.num), f.relname, k.confdeltype::text, k.confupdtype::text,
  pg_get_expr(k.conbin, k.conrelid)
FROM pg_constraint k JOIN pg_class c ON c.oid = k.conrelid JOIN pg_namespace n ON n.oid = c.relnamespace
LEFT JOIN pg_class f ON f.oid = k.confrelid WHERE k.contype IN ('p', 'u', 'f', 'c') AND {_USER}"""
_INDEXES = f"""
SELECT n.nspname, t.relname, i.relname, x.indisunique, pg_get_expr(x.indpred, x.indrelid),
  (SELECT array_agg(coalesce(a.attname::text, '') ORDER BY o.n) FROM unnest(x.indkey::int2[]) WITH ORDINALITY o(num, n)
   LEFT JOIN pg_attribute a ON a.attrelid = x.indrelid AND a.attnum = o.num AND o.num <> 0 WHERE o.n <= x.indnkeyatts),
  (SELECT array_agg(pg_get_indexdef(x.indexrelid, n::int, false) ORDER BY n) FROM generate_series(1, x.indnkeyatts) n)
FROM pg_index x JOIN pg_class i ON i.oid = x.indexrelid JOIN pg_class t ON t.oid = x.indrelid JOIN pg_namespace n ON n.oid = t.relnamespace
LEFT JOIN pg_constraint k ON k.conindid = i.oid AND k.contype IN ('p', 'u', 'x') WHERE k.oid IS NULL AND t.relkind IN ('r', 'p') AND {_USER}"""
_ACTIONS = {"a": "no action", "r": "restrict", "c": "cascade", "n": "set null", "d": "set default"}
_IDENTITY = {"a": "always", "d": "default"}
_COMPUTED = {"s": "stored", "v": "virtual"}


def postgres_shapes(connection: Any) -> dict[str, TableShape]:
    """The tables of all namespaces; those of `public` by their name alone."""
    columns: dict[str, list[ColumnShape]] = {}
    for namespace, table, *column in connection.execute(_COLUMNS):
        found = columns.setdefault(_qualified(namespace, table), [])
        if column[0] is not None:
            found.append(_column(column))
    primary: dict[str, tuple[str, ...]] = {}
    unique: dict[str, list[tuple[str, ...]]] = {}
    foreign: dict[str, list[tuple[tuple[str, ...], str, str, str]]] = {}
    checks: dict[str, list[str]] = {}
    for namespace, table, kind, members, target, delete, update, check in connection.execute(_KEYS):
        name = _qualified(namespace, table)
        match kind:
            case "p":
                primary[name] = tuple(members)
            case "u":
                unique.setdefault(name, []).append(tuple(members))
            case "c":
                checks.setdefault(name, []).append(canonical(check, "postgres"))
            case _:
                foreign.setdefault(name, []).append((tuple(members), target, _ACTIONS[delete], _ACTIONS[update]))
    indexes: dict[str, list[IndexShape]] = {}
    for namespace, table, *index in connection.execute(_INDEXES):
        indexes.setdefault(_qualified(namespace, table), []).append(_index(index))
    return {
        name: TableShape(
            tuple(found),
            primary.get(name, ()),
            tuple(sorted(unique.get(name, []))),
            tuple(sorted(foreign.get(name, []))),
            tuple(sorted(indexes.get(name, []))),
            tuple(sorted(checks.get(name, []))),
        )
        for name, found in columns.items()
    }


def _column(row: Sequence[Any]) -> ColumnShape:
    """A serial's default is its sequence: we say so by `generated`."""
    name, type_, not_null, default, computed, identity = row
    named = parse_type(type_, "postgres").name
    text = None if default is None or default.startswith("nextval(") else canonical(default, "postgres", target=named)
    generated = _COMPUTED.get(computed, _IDENTITY.get(identity, ""))
    return ColumnShape(name, named, not not_null, text, generated)


def _index(row: Sequence[Any]) -> IndexShape:
    name, is_unique, where, members, definitions = row
    columns = tuple(
        member or canonical(definition, "postgres") for member, definition in zip(members, definitions, strict=True)
    )
    return IndexShape(name, columns, is_unique, canonical(where or "", "postgres"))


def _qualified(namespace: str, table: str) -> str:
    return table if namespace == "public" else f"{namespace}.{table}"
