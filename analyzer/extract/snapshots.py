"""drizzle-kit's snapshot of a whole schema -> the changes that would make it.

What comes in: a Source with the layout of its migration. What goes out: a Snapshot, or an error for what is none. Source of the formats: the
`*Schema.ts` serializers of drizzle-kit: tables by name with their parts inside up to 0.31, one flat list of entities from 1.0 on. This
module does not know the migrations.
"""

from collections.abc import Iterable, Iterator, Mapping

import msgspec

from analyzer.facts.change.tables import CreateTable
from analyzer.facts.change.types import CreateEnum
from analyzer.facts.clause import CheckClause, ColumnClause, ForeignKeyClause, IndexClause, KeyClause, ObjectName
from analyzer.facts.file import FileError
from analyzer.facts.snapshot import Snapshot
from analyzer.facts.source import Dialect, Source, Span

_DIALECTS: Mapping[str, Dialect] = {
    "pg": "postgres", "postgres": "postgres", "postgresql": "postgres", "sqlite": "sqlite", "turso": "sqlite", "mysql": "mysql",
}  # fmt: skip
_Object = Mapping[str, object]


def snapshot(source: Source) -> tuple[Snapshot | None, tuple[FileError, ...]]:
    """The schema that the file holds; None for another file."""
    if source.language != "json" or source.layout is None:
        return None, ()
    try:
        document = _object(msgspec.json.decode(source.content))
    except (ValueError, RecursionError) as error:
        return None, (FileError(source.path, f"snapshot not understood: {error}"),)
    dialect = _DIALECTS.get(_text(document.get("dialect")))
    if dialect is None or not (document.get("tables") or document.get("ddl")):
        return None, (FileError(source.path, "snapshot not understood: no tables of a known dialect in it"),)
    listed = _objects(document.get("ddl"))
    changes = _of_entities(listed, source) if listed else _of_tables(document, source)
    return Snapshot(dialect, tuple(changes)), ()


def _of_tables(document: _Object, source: Source) -> Iterator[CreateEnum | CreateTable]:
    """Up to 0.31: tables by name, their columns, keys and indexes by name inside."""
    whole = Span(source.path, 0, 0)
    for enum in _values(document.get("enums")):
        name, values = _name(enum), enum.get("values")
        # Old ones are objects of equal keys and values.
        yield CreateEnum(whole, name, _texts(list(values) if isinstance(values, dict) else values))
    at = max(source.content.find(b'"tables"'), 0)
    for key, table in _items(document.get("tables")):
        at, span = _found(source, key, at)
        columns: list[ColumnClause] = []
        for column in _values(table.get("columns")):
            at, place = _found(source, _text(column.get("name")), at)
            columns.append(_column(column, place))
        parts = (
            ("pks", table.get("compositePrimaryKeys")), ("uniques", table.get("uniqueConstraints")), ("fks", table.get("foreignKeys")),
            ("indexes", table.get("indexes")), ("checks", table.get("checkConstraints")),
        )  # fmt: skip
        yield _table(_name(table), columns, {kind: _values(found) for kind, found in parts}, span)


def _of_entities(listed: Iterable[_Object], source: Source) -> Iterator[CreateEnum | CreateTable]:
    """From 1.0 on: every table, column and key is an entity that names what it belongs to."""
    at, tables = 0, dict[tuple[str, str], tuple[_Object, Span]]()
    columns: dict[tuple[str, str], list[ColumnClause]] = {}
    parts: dict[tuple[str, str], dict[str, list[_Object]]] = {}
    for entity in listed:
        kind, schema = _text(entity.get("entityType")), _text(entity.get("schema"))
        at, span = _found(source, _text(entity.get("name")), at)
        owner = (schema, _text(entity.get("table")))
        match kind:
            case "tables":
                tables[schema, _text(entity.get("name"))] = entity, span
            case "columns":
                columns.setdefault(owner, []).append(_column(entity, span))
            case "enums":
                yield CreateEnum(span, _name(entity), _texts(entity.get("values")))
            case _:
                parts.setdefault(owner, {}).setdefault(kind, []).append(entity)
    for key, (table, span) in tables.items():
        yield _table(_name(table), columns.get(key, []), parts.get(key, {}), span)


def _table(
    name: ObjectName, columns: list[ColumnClause], parts: Mapping[str, Iterable[_Object]], span: Span
) -> CreateTable:
    keys = [KeyClause(span, _texts(key.get("columns")), _text(key.get("name"))) for key in parts.get("pks", ())]
    known = frozenset(column.name for column in columns)
    uniques = (
        KeyClause(
            span,
            _texts(key.get("columns")),
            _text(key.get("name")),
            nulls_distinct=key.get("nullsNotDistinct") is not True,
        )
        for key in parts.get("uniques", ())
    )
    return CreateTable(
        span,
        name,
        tuple(columns),
        keys[0] if keys else None,
        tuple(uniques),
        tuple(_foreign_key(key, span) for key in parts.get("fks", ())),
        tuple(
            CheckClause(span, _text(check.get("value")), _text(check.get("name"))) for check in parts.get("checks", ())
        ),
        tuple(_index(index, known, span) for index in parts.get("indexes", ())),
    )


def _column(column: _Object, span: Span) -> ColumnClause:
    identity, generated = _object(column.get("identity")), _object(column.get("generated"))
    made = ""
    if identity:
        made = "always" if _text(identity.get("type")) == "always" else "default"
    elif generated:
        made = _text(generated.get("type")) or "stored"
    elif column.get("autoincrement") is True:
        made = "auto"
    dimensions = column.get("dimensions")
    base, bracket, rest = _text(column.get("type")).partition("[")
    # Names of enums stand without quotes, in whatever case they have.
    declared = f'"{base}"{bracket}{rest}' if column.get("typeSchema") else f"{base}{bracket}{rest}"
    return ColumnClause(
        span,
        _text(column.get("name")),
        declared + "[]" * (min(dimensions, 6) if isinstance(dimensions, int) else 0),
        not_null=column.get("notNull") is True,
        default=_default(column.get("default")),
        generated=made,
        primary_key=column.get("primaryKey") is True,
    )


def _default(value: object) -> str | None:
    """Numbers and truth values stand as such; from 1.0 on some as an object with the text inside."""
    match value:
        case bool():
            return "true" if value else "false"
        case int() | float():
            return str(value)
        case {"value": str(text)}:
            return text
        case str():
            return value
        case _:
            return None


def _foreign_key(key: _Object, span: Span) -> ForeignKeyClause:
    def columns(old: str, new: str) -> tuple[str, ...]:
        return _texts(key.get(old) or key.get(new))

    return ForeignKeyClause(
        span,
        columns("columnsFrom", "columns"),
        ObjectName(_text(key.get("tableTo")), _namespace(key.get("schemaTo"))),
        columns("columnsTo", "columnsTo"),
        _text(key.get("onDelete")).lower(),
        _text(key.get("name")),
        on_update=_text(key.get("onUpdate")).lower(),
    )


def _index(index: _Object, known: frozenset[str], span: Span) -> IndexClause:
    """Columns are names, or objects with an expression; a text that is no column's name is an expression."""
    raw = index.get("columns")
    columns = raw if isinstance(raw, list) else []
    named = [
        _text(one.get("expression") or one.get("value")) if isinstance(one, dict) else _text(one) for one in columns
    ]
    return IndexClause(
        span,
        _text(index.get("name")),
        tuple(named),
        unique=index.get("isUnique") is True,
        where=_text(index.get("where")) or None,
        expressions=tuple(at for at, name in enumerate(named) if name not in known),
        method=_text(index.get("method") or index.get("using")),
    )


def _name(entity: _Object) -> ObjectName:
    return ObjectName(_text(entity.get("name")), _namespace(entity.get("schema")))


def _namespace(value: object) -> str:
    return "" if value == "public" else _text(value)


def _found(source: Source, name: str, at: int) -> tuple[int, Span]:
    """Where a name stands behind a place: names come in the order of the file."""
    start = source.content.find(f'"{name}"'.encode(), at)
    if start < 0:
        return at, Span(source.path, 0, 0)
    end = start + len(name.encode()) + 2
    return end, Span(source.path, start, end)


def _object(value: object) -> _Object:
    return value if isinstance(value, dict) else {}


def _items(value: object) -> Iterator[tuple[str, _Object]]:
    yield from ((key, one) for key, one in _object(value).items() if isinstance(one, dict))


def _values(value: object) -> list[_Object]:
    return [one for _, one in _items(value)]


def _objects(value: object) -> list[_Object]:
    return [one for one in value if isinstance(one, dict)] if isinstance(value, list) else []


def _text(value: object) -> str:
    return value if isinstance(value, str) else ""


def _texts(value: object) -> tuple[str, ...]:
    return tuple(one for one in value if isinstance(one, str)) if isinstance(value, list) else ()
