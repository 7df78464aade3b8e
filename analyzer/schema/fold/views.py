"""Views and CREATE TABLE AS: columns from a query.

What comes in: a schema and a query's text. What goes out: columns, or None where the query's shape is not known; then the relation is
open. This module does not know how queries are resolved.
"""

from msgspec.structs import replace

from analyzer.catalog.schema import Schema
from analyzer.catalog.table import Column, Table
from analyzer.catalog.types import UNKNOWN
from analyzer.facts.change.views import CreateView
from analyzer.facts.clause import ObjectName
from analyzer.facts.source import Span
from analyzer.schema.fold.failures import missing
from analyzer.schema.fold.lookup import key_of
from analyzer.schema.fold.sqlite.stored import spelled
from analyzer.schema.history import Failure
from analyzer.sql.embed import embed_plain
from analyzer.sql.resolve import output_columns, resolve


def query_columns(schema: Schema, query: str, span: Span, names: tuple[str, ...] = ()) -> tuple[Column, ...] | None:
    """The query's columns, renamed where the statement names them itself."""
    found = output_columns(query, schema.dialect, schema)
    if found is None:
        return None
    own = spelled(schema, query, found) if schema.dialect == "sqlite" else tuple(column.name for column in found)
    columns = [
        Column(name, column.type, nullable=column.nullable is not False, defined=span)
        for name, column in zip(own, found, strict=True)
    ]
    renamed = [replace(column, name=name) for column, name in zip(columns, names, strict=False)]
    return tuple(renamed + columns[len(renamed) :])


def make_view(schema: Schema, change: CreateView, namespace: str) -> Table:
    """A view; open where its query could not be resolved."""
    columns = query_columns(schema, change.query, change.span, change.columns)
    options = (*(("materialized",) if change.materialized else ()), *(("named columns",) if change.columns else ()))
    if columns is None:
        columns = tuple(Column(name, UNKNOWN, nullable=True, defined=change.span) for name in change.columns)
        closed = bool(columns)
    else:
        closed = True
    namespace = "" if namespace in schema.default_namespaces else namespace
    return Table(
        change.view.name,
        namespace,
        "view",
        schema.dialect,
        change.span,
        columns,
        closed,
        query=change.query,
        options=options,
        reads=reads(schema, change.query) if schema.dialect == "postgres" else None,
    )


def reads(schema: Schema, query: str) -> tuple[tuple[str, str, str], ...] | None:
    """What a view depends on, as in Table; None where a part of its query could not be resolved."""
    found = resolve(embed_plain(query), schema.dialect, schema, paramstyle="none")
    if len(found.statements) != 1 or any(reference.status != "resolved" for reference in found.references):
        return None
    out: dict[tuple[str, str, str], None] = {}
    for reference in found.references:
        if not reference.derived and (table := schema.table(reference.table, reference.namespace)) is not None:
            out[(*key_of(schema, table), reference.column or "")] = None
    for column in found.statements[0].columns or ():
        of, _, name = column.source.rpartition(".")
        if of and (table := schema.table(of)) is not None:
            out[(*key_of(schema, table), name)] = None
    return tuple(out)


def is_broken(schema: Schema, view: Table) -> bool:
    """True where its query surely reads a table or column that is not there."""
    return bool(view.query) and is_unresolved(schema, view.query or "")


def is_unresolved(schema: Schema, query: str) -> bool:
    """True where a query surely reads what is not there."""
    found = resolve(embed_plain(query), schema.dialect, schema, paramstyle="none")
    return any(reference.status == "unresolved" for reference in found.references)


def unread(schema: Schema, query: str, span: Span) -> Failure | None:
    """A relation that the query of a view or of CREATE TABLE AS reads and that is not there."""
    if schema.dialect != "postgres":
        return None
    for reference in resolve(embed_plain(query), schema.dialect, schema, paramstyle="none").references:
        if reference.column is None and reference.status == "unresolved":
            failure = missing(schema, ObjectName(reference.table, reference.namespace), span)
            if failure is not None:
                return failure
    return None


def reshaped(schema: Schema, old: Table, new: Table, span: Span) -> Failure | None:
    """CREATE OR REPLACE VIEW keeps the columns' names and order, and may only add some."""
    if not (old.closed and new.closed and old.certain) or schema.is_tainted(old.name) or "materialized" in old.options:
        return None
    pairs = zip(old.columns, new.columns, strict=False)
    wrong = next((before.name for before, after in pairs if before.name != after.name), "")
    if not wrong and len(new.columns) >= len(old.columns):
        return None
    wrong = wrong or old.columns[len(new.columns)].name
    related = (old.defined, f'view "{old.name}" is created here')
    return Failure("refused", span, f'view "{old.name}" cannot lose or rename column "{wrong}"', old.name, related)


def refresh_views(schema: Schema) -> Schema:
    """SQLite reads a view's text anew at every use: its columns are those of the final tables."""
    if schema.dialect != "sqlite":
        return schema
    for view in tuple(schema.tables.values()):
        if view.kind == "view" and view.query and view.closed:
            names = tuple(column.name for column in view.columns) if "named columns" in view.options else ()
            columns = query_columns(schema, view.query, view.defined, names)
            if columns is not None and (not names or len(columns) == len(view.columns)):
                schema = replace(
                    schema,
                    tables={**schema.tables, (view.namespace, view.name.lower()): replace(view, columns=columns)},
                )
    return schema
