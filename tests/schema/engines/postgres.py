"""What PostgreSQL built as sorted lines of text, and the same of a replayed schema: a difference is a line.

What comes in: a connection, or our Schema. What goes out: a set of lines, one a table, column, key, check, index, view, enum or domain, with
types as `format_type` prints them and the names the engine gives. Expressions are canonical. Comments, rights, storage and triggers stand
nowhere here.
"""

from collections.abc import Iterator
from typing import Any

from analyzer.catalog.named import NamedType
from analyzer.catalog.schema import Schema
from analyzer.catalog.table import Column, Index, Table
from analyzer.report.schema import target_columns, type_name
from analyzer.sql.canonical import canonical

_USER = "n.nspname NOT LIKE 'pg\\_%%' AND n.nspname <> 'information_schema'"
_TABLES = f"""
SELECT n.nspname, c.relname, c.relkind::text FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
WHERE c.relkind IN ('r', 'p', 'f', 'v', 'm') AND {_USER} AND NOT EXISTS (SELECT 1 FROM pg_depend d WHERE d.objid = c.oid AND d.deptype = 'e')"""
_COLUMNS = f"""
SELECT n.nspname, c.relname, a.attname, format_type(a.atttypid, a.atttypmod), a.attnotnull, pg_get_expr(d.adbin, d.adrelid),
  a.attgenerated::text, a.attidentity::text, c.relkind::text
FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped
LEFT JOIN pg_attrdef d ON d.adrelid = c.oid AND d.adnum = a.attnum
WHERE c.relkind IN ('r', 'p', 'f', 'v', 'm') AND {_USER} AND NOT EXISTS (SELECT 1 FROM pg_depend d WHERE d.objid = c.oid AND d.deptype = 'e')
ORDER BY 1, 2, a.attnum"""
_KEYS = f"""
SELECT n.nspname, c.relname, k.conname, k.contype::text, k.convalidated,
  (SELECT array_agg(a.attname::text ORDER BY o.n) FROM unnest(k.conkey) WITH ORDINALITY o(num, n)
   JOIN pg_attribute a ON a.attrelid = k.conrelid AND a.attnum = o.num), f.relname, fn.nspname,
  (SELECT array_agg(a.attname::text ORDER BY o.n) FROM unnest(k.confkey) WITH ORDINALITY o(num, n)
   JOIN pg_attribute a ON a.attrelid = k.confrelid AND a.attnum = o.num), k.confdeltype::text, k.confupdtype::text,
  pg_get_expr(k.conbin, k.conrelid), coalesce(x.indnullsnotdistinct, false)
FROM pg_constraint k JOIN pg_class c ON c.oid = k.conrelid JOIN pg_namespace n ON n.oid = c.relnamespace
LEFT JOIN pg_class f ON f.oid = k.confrelid LEFT JOIN pg_namespace fn ON fn.oid = f.relnamespace LEFT JOIN pg_index x ON x.indexrelid = k.conindid
WHERE k.contype IN ('p', 'u', 'f', 'c') AND {_USER}"""
_INDEXES = f"""
SELECT n.nspname, t.relname, i.relname, x.indisunique, pg_get_expr(x.indpred, x.indrelid), am.amname, x.indnullsnotdistinct,
  (SELECT array_agg(coalesce(a.attname::text, '') ORDER BY o.n) FROM unnest(x.indkey::int2[]) WITH ORDINALITY o(num, n)
   LEFT JOIN pg_attribute a ON a.attrelid = x.indrelid AND a.attnum = o.num AND o.num <> 0),
  (SELECT array_agg(pg_get_indexdef(x.indexrelid, n::int, false) ORDER BY n) FROM generate_series(1, x.indnkeyatts) n), x.indnkeyatts,
  x.indoption::int2[]
FROM pg_index x JOIN pg_class i ON i.oid = x.indexrelid JOIN pg_class t ON t.oid = x.indrelid JOIN pg_namespace n ON n.oid = t.relnamespace
JOIN pg_am am ON am.oid = i.relam
LEFT JOIN pg_constraint k ON k.conindid = i.oid AND k.contype IN ('p', 'u', 'x') WHERE k.oid IS NULL AND t.relkind IN ('r', 'p', 'm') AND {_USER}"""
_ENUMS = f"""
SELECT n.nspname, t.typname, coalesce(array_agg(e.enumlabel::text ORDER BY e.enumsortorder) FILTER (WHERE e.oid IS NOT NULL), '{{}}')
FROM pg_type t LEFT JOIN pg_enum e ON t.oid = e.enumtypid JOIN pg_namespace n ON n.oid = t.typnamespace
WHERE t.typtype = 'e' AND {_USER} GROUP BY 1, 2"""
_DOMAINS = f"""
SELECT n.nspname, t.typname, format_type(t.typbasetype, t.typtypmod), t.typnotnull, t.typdefault,
  (SELECT array_agg(k.conname || ' ' || pg_get_expr(k.conbin, 0)) FROM pg_constraint k WHERE k.contypid = t.oid AND k.contype = 'c')
FROM pg_type t JOIN pg_namespace n ON n.oid = t.typnamespace WHERE t.typtype = 'd' AND {_USER}"""
_ACTIONS = {"a": "no action", "r": "restrict", "c": "cascade", "n": "set null", "d": "set default"}
_GENERATED = {"s": "stored", "v": "virtual", "a": "always", "d": "default"}
_KINDS = {"v": "view", "m": "materialized view"}
_ORDERS = {0: "", 1: " desc nulls last", 2: " nulls first", 3: " desc"}


def engine_lines(connection: Any) -> frozenset[str]:
    """The lines of every namespace that is not the system's; names in `public` stand alone."""
    return frozenset(_engine_lines(connection))


def _engine_lines(connection: Any) -> Iterator[str]:
    columns: dict[str, list[str]] = {}
    for namespace, table, *row in connection.execute(_COLUMNS):
        where = _qualified(namespace, table)
        columns.setdefault(where, []).append(row[0])
        yield _engine_column(where, row)
    for namespace, table, kind in connection.execute(_TABLES):
        where = _qualified(namespace, table)
        yield f"{_KINDS.get(kind, 'table')} {where} ({', '.join(columns.get(where, ()))})"
    for row in connection.execute(_KEYS):
        yield _engine_key(row)
    for row in connection.execute(_INDEXES):
        yield _engine_index(row)
    for namespace, name, values in connection.execute(_ENUMS):
        yield f"enum {_qualified(namespace, name)} ({', '.join(values)})"
    for namespace, name, base, not_null, default, checks in connection.execute(_DOMAINS):
        text = None if (default or "").startswith("NULL::") else default
        yield _domain(_qualified(namespace, name), base, text, not_null=not_null)
        for check in checks or ():
            label, _, text = check.partition(" ")
            yield f"check {_qualified(namespace, name)} {label}: {canonical(text, 'postgres')}"


def _engine_column(where: str, row: Any) -> str:
    name, type_, not_null, default, computed, identity, kind = row
    if kind in _KINDS:
        return f"column {where}.{name} {type_}"
    # `NULL` is kept where it was cast to a length.
    text = None if default is None or default.startswith(("nextval(", "NULL::")) else default
    return _column_line(where, name, type_, text, _GENERATED.get(computed or identity, ""), not_null=not_null)


def _column_line(where: str, name: str, type_: str, default: str | None, generated: str, *, not_null: bool) -> str:
    value = f" default {canonical(default, 'postgres', None, type_)}" if default is not None else ""
    return f"column {where}.{name} {type_}{' not null' if not_null else ''}{value}{generated and f' generated {generated}'}"


def _engine_key(row: Any) -> str:
    namespace, table, name, kind, valid, members, other, far, target, delete, update, check, nulls = row
    where, late = _qualified(namespace, table), "" if valid else " not valid"
    if kind == "c":
        return f"check {where} {name}: {canonical(check, 'postgres')}{late}"
    if kind == "f":
        actions = f"on delete {_ACTIONS[delete]} on update {_ACTIONS[update]}"
        return f"foreign key {where} {name} ({', '.join(members)}) -> {_qualified(far, other)} ({', '.join(target)}) {actions}{late}"
    label = "primary key" if kind == "p" else "unique"
    return f"{label} {where} {name} ({', '.join(members)}){' nulls not distinct' if nulls else ''}"


def _engine_index(row: Any) -> str:
    namespace, table, name, unique, where, method, nulls, members, definitions, count, orders = row
    keys = [
        (member or canonical(definition, "postgres")) + _ORDERS[order]
        for member, definition, order in zip(members, definitions, orders, strict=False)
    ]
    return _index_line(
        _qualified(namespace, table), name, keys, members[count:], where, method, unique=unique, nulls=nulls
    )


def _index_line(
    table: str, name: str, keys: Any, include: Any, where: str | None, method: str, *, unique: bool, nulls: bool
) -> str:
    more = f" include ({', '.join(include)})" if include else ""
    rest = f" where {canonical(where, 'postgres')}" if where else ""
    head = f"{'unique ' if unique else ''}index {table} {name} {method}"
    return f"{head} ({', '.join(keys)}){more}{' nulls not distinct' if nulls else ''}{rest}"


def _domain(name: str, base: str, default: str | None, *, not_null: bool) -> str:
    value = f" default {canonical(default, 'postgres', None, base)}" if default is not None else ""
    return f"domain {name} {base}{' not null' if not_null else ''}{value}"


def _qualified(namespace: str, table: str) -> str:
    return table if namespace in ("", "public") else f"{namespace}.{table}"


def replayed_lines(schema: Schema) -> frozenset[str]:
    """Our own answer."""
    return frozenset(_replayed_lines(schema))


def _replayed_lines(schema: Schema) -> Iterator[str]:
    for table in schema.tables.values():
        yield from _table_lines(schema, table)
    for enum in schema.enums.values():
        yield f"enum {_qualified(enum.namespace, enum.name)} ({', '.join(enum.values)})"
    for named in schema.types.values():
        if named.base is not None:
            yield from _domain_lines(schema, named)


def _domain_lines(schema: Schema, named: NamedType) -> Iterator[str]:
    name = _qualified(named.namespace, named.name)
    assert named.base is not None
    yield _domain(
        name, str(type_name(schema.column_type(named.base), "postgres")), named.default, not_null=named.not_null
    )
    for check in named.checks:
        yield f"check {name} {check.name}: {canonical(check.sql, 'postgres')}"


def _table_lines(schema: Schema, table: Table) -> Iterator[str]:
    where = _qualified(table.namespace, table.name)
    kind = table.kind if "materialized" not in table.options else "materialized view"
    yield f"{kind} {where} ({', '.join(column.name for column in table.columns)})"
    for column in table.columns:
        yield _column(schema, table, column, where)
    if table.primary_key is not None:
        yield f"primary key {where} {table.primary_key.name} ({', '.join(table.primary_key.columns)})"
    for unique in table.unique:
        nulls = "" if unique.nulls_distinct else " nulls not distinct"
        yield f"unique {where} {unique.name} ({', '.join(unique.columns)}){nulls}"
    for check in table.checks:
        yield f"check {where} {check.name}: {canonical(check.sql, 'postgres')}{'' if check.valid else ' not valid'}"
    for key in table.foreign_keys:
        target, late = ", ".join(target_columns(schema, key)), "" if key.valid else " not valid"
        actions = f"on delete {key.on_delete or 'no action'} on update {key.on_update or 'no action'}"
        far = _qualified(key.namespace, key.table)
        yield f"foreign key {where} {key.name} ({', '.join(key.columns)}) -> {far} ({target}) {actions}{late}"
    for index in table.indexes:
        keys = [_index_key(index, at) for at in range(len(index.columns))]
        yield _index_line(
            where, index.name, keys, index.include, index.where, index.method or "btree", unique=index.unique,
            nulls=not index.nulls_distinct,
        )  # fmt: skip


def _column(schema: Schema, table: Table, column: Column, where: str) -> str:
    type_ = str(type_name(schema.column_type(column.type), "postgres"))
    if table.kind == "view":
        return f"column {where}.{column.name} {type_}"
    generated = "" if column.generated == "auto" else column.generated
    default = None if column.generated == "auto" or (column.default or "").startswith("nextval(") else column.default
    return _column_line(where, column.name, type_, default, generated, not_null=not column.nullable)


def _index_key(index: Index, at: int) -> str:
    text = canonical(index.columns[at], "postgres") if at in index.expressions else index.columns[at]
    words = (index.options[at] if index.options else "").split()
    down, first, last = "desc" in words, "first" in words, "last" in words
    order = (" desc nulls last" if last else " desc") if down else " nulls first" if first else ""
    return text + order
