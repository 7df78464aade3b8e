"""CREATE TABLE -> Table: columns, keys, names as the engine gives them.

What comes in: a CreateTable and the schema before it. What goes out: a Table. This module does not know whether the table may be
created.
"""

from msgspec.structs import replace

from analyzer.catalog.names import fold
from analyzer.catalog.schema import Schema
from analyzer.catalog.table import Check, Column, ForeignKey, Index, Key, Table
from analyzer.catalog.types import parse_type
from analyzer.facts.change.tables import CreateTable
from analyzer.facts.clause import CheckClause, ColumnClause, ForeignKeyClause, IndexClause, KeyClause, ObjectName
from analyzer.facts.source import Dialect
from analyzer.schema.fold.lookup import TEMPORARY
from analyzer.schema.fold.mysql.keys import supported
from analyzer.schema.fold.naming import chosen, index_words
from analyzer.schema.fold.postgres.inheritance import copy_columns, copy_rest, copy_whole, inherit, of_type
from analyzer.schema.fold.words import mentioned


def make_table(schema: Schema, change: CreateTable) -> Table:
    """The table, with the columns of what it copies or inherits from. What nobody named is named checks first, then keys, then foreign keys."""
    namespace = TEMPORARY if change.temporary else _namespace(schema, change.table)
    table = Table(
        change.table.name, namespace, "table", schema.dialect, change.span, closed=not change.open, options=change.options,
        certain=not change.may,
    )  # fmt: skip
    for parent in change.inherits:
        table = inherit(schema, table, parent)
    if change.of is not None:
        table = of_type(schema, table, change.of)
    if change.like is not None:
        table = copy_whole(schema, table, change.like)
    for at in range(len(change.columns) + 1):
        for copied in change.copies:
            table = copy_columns(schema, table, copied) if copied.at == at else table
        if at < len(change.columns):
            table = put_column(table, change.columns[at])
    table = _with_keys(schema, table, change)
    for copied in change.copies:
        table = copy_rest(schema, table, copied)
    return table


def _with_keys(schema: Schema, table: Table, change: CreateTable) -> Table:
    own = change.columns
    for check in sorted((*(check for column in own for check in column.checks), *change.checks), key=_place):
        table = add_check(table, check, schema)
    keys = [
        KeyClause(column.span, (column.name,), column.key_name, descending=column.descending)
        for column in own
        if column.primary_key
    ]
    uniques = [
        KeyClause(column.span, (column.name,), column.key_name, column.nulls_distinct)
        for column in own
        if column.unique and not column.primary_key
    ]
    named = sorted((*uniques, *change.unique), key=_place)
    for primary in (*keys, change.primary_key):
        table = add_primary_key(table, _with_name(table, primary, named), schema) if primary is not None else table
    if schema.dialect == "mysql":
        table = _with_mysql_keys(schema, table, change, uniques)
        return supported(schema, table, table.foreign_keys)
    for unique in named:
        if not _is_served(table, unique):
            table = add_unique(table, _with_name(table, unique, named), schema)
    references = [column.references for column in own if column.references is not None]
    for foreign in sorted((*references, *change.foreign_keys), key=_place):
        table = add_foreign_key(table, foreign, schema)
    for index in change.indexes:
        table = add_index(table, index, schema)
    return table


def _with_mysql_keys(schema: Schema, table: Table, change: CreateTable, uniques: list[KeyClause]) -> Table:
    """Unnamed keys of both kinds are named in their order."""
    clauses: list[KeyClause | IndexClause] = [*uniques, *change.unique, *change.indexes]
    for clause in sorted(clauses, key=_place):
        table = add_unique(table, clause, schema) if isinstance(clause, KeyClause) else add_index(table, clause, schema)
    references = [column.references for column in change.columns if column.references is not None]
    for foreign in sorted((*references, *change.foreign_keys), key=_place):
        table = add_foreign_key(table, foreign, schema)
    return table


def _with_name(table: Table, key: KeyClause, others: list[KeyClause]) -> KeyClause:
    """PostgreSQL makes one index of equal keys of one statement: the first name that is given is its name."""
    if key.name or table.dialect != "postgres":
        return key
    name = next(
        (
            other.name
            for other in others
            if other.columns == key.columns and other.name and other.nulls_distinct == key.nulls_distinct
        ),
        "",
    )
    return replace(key, name=name)


def _place(clause: CheckClause | KeyClause | ForeignKeyClause | IndexClause) -> int:
    return clause.span.start


def _is_served(table: Table, clause: KeyClause) -> bool:
    """PostgreSQL and SQLite make one index of two equal keys of one statement."""
    if table.dialect == "sqlite":
        columns = spelled(table, clause.columns)
        return any(key.columns == columns for key in table.unique)
    if table.dialect != "postgres":
        return False
    primary = table.primary_key
    keyed = primary is not None and primary.columns == clause.columns and clause.nulls_distinct
    return keyed or any(
        (key.columns, key.nulls_distinct) == (clause.columns, clause.nulls_distinct) for key in table.unique
    )


def _namespace(schema: Schema, name: ObjectName) -> str:
    return "" if name.namespace in schema.default_namespaces else name.namespace


def make_column(clause: ColumnClause, dialect: Dialect) -> Column:
    type_ = parse_type(clause.type, dialect)
    certain = not clause.open or clause.not_null
    return Column(
        clause.name,
        type_,
        not clause.not_null,
        clause.span,
        None if dialect != "sqlite" and is_null(clause.default) else clause.default,
        clause.generated,
        certain,
        clause.collation,
    )


def add_column(table: Table, clause: ColumnClause, schema: Schema, *, certain: bool = True) -> Table:
    """The column last, with the keys its own definition asks for."""
    table = put_column(table, clause, certain=certain)
    for check in clause.checks:
        table = add_check(table, check, schema)
    if clause.primary_key:
        table = add_primary_key(table, KeyClause(clause.span, (clause.name,), clause.key_name), schema)
    if clause.unique and not clause.primary_key:
        key = KeyClause(clause.span, (clause.name,), clause.key_name, clause.nulls_distinct)
        table = add_unique(table, key, schema)
    if clause.references is not None:
        table = add_foreign_key(table, clause.references, schema)
    return table


def put_column(table: Table, clause: ColumnClause, *, certain: bool = True) -> Table:
    """The column last; one that is inherited, or that a type gave, stays at its place and takes what is said of it."""
    made = make_column(clause, table.dialect)
    column = replace(made, certain=certain and made.certain)
    known = table.column(clause.name)
    if known is not None and table.dialect == "postgres":
        column = replace(
            column, type=known.type if not clause.type else column.type, nullable=column.nullable and known.nullable,
            default=known.default if column.default is None else column.default, generated=column.generated or known.generated,
        )  # fmt: skip
        return set_column(table, column)
    if known is not None:
        table = replace(table, columns=tuple(other for other in table.columns if other.name != clause.name))
    return replace(table, columns=(*table.columns, column))


def is_null(default: str | None) -> bool:
    """PostgreSQL keeps no default that is NULL."""
    return default is not None and default.partition("::")[0].strip(" ()").upper() == "NULL"


def placed(table: Table, name: str, after: str | None) -> Table:
    """The column behind another one, or first: MySQL's AFTER and FIRST."""
    column = table.column(name)
    if after is None or column is None:
        return table
    rest = [other for other in table.columns if other is not column]
    wanted = fold(after, table.dialect) if after else None
    at = next((at + 1 for at, other in enumerate(rest) if fold(other.name, table.dialect) == wanted), 0)
    return replace(table, columns=(*rest[:at], column, *rest[at:]))


def set_column(table: Table, column: Column) -> Table:
    return replace(
        table,
        columns=tuple(column if fold(other.name, table.dialect) == fold(column.name, table.dialect) else other for other in table.columns),
    )  # fmt: skip


def add_primary_key(table: Table, clause: KeyClause, schema: Schema) -> Table:
    name = clause.name or chosen(schema, table, (), "pkey")
    table = replace(table, primary_key=Key(spelled(table, clause.columns), clause.span, name))
    for column_name in clause.columns:
        column = table.column(column_name)
        if column is not None:
            table = set_column(table, _keyed(table, column, alone=len(clause.columns) == 1 and not clause.descending))
    return table


def _keyed(table: Table, column: Column, *, alone: bool) -> Column:
    """Section 3.5 of SQLite's "CREATE TABLE": a primary key may hold NULL but for INTEGER PRIMARY KEY, WITHOUT ROWID and STRICT."""
    if table.dialect != "sqlite":
        return replace(column, nullable=False)
    without_rowid = "without rowid" in table.options
    if not alone or without_rowid:
        column = replace(column, generated="" if column.generated == "auto" else column.generated)
    if alone and not without_rowid and column.type.raw.upper() == "INTEGER" and column.generated in ("", "auto"):
        return replace(column, nullable=False, generated=column.generated or "auto")
    solid = without_rowid or "strict" in table.options
    return replace(column, nullable=column.nullable and not solid)


def spelled(table: Table, columns: tuple[str, ...], expressions: tuple[int, ...] = ()) -> tuple[str, ...]:
    """Columns as the table spells them: SQLite and MySQL keep the case of the definition."""
    known = (None if at in expressions else table.column(name) for at, name in enumerate(columns))
    return tuple(name if column is None else column.name for name, column in zip(columns, known, strict=True))


def _is_rowid(table: Table) -> bool:
    """Whether the primary key is SQLite's alias of the rowid."""
    key = table.primary_key
    column = table.column(key.columns[0]) if key is not None and len(key.columns) == 1 else None
    return table.dialect == "sqlite" and column is not None and column.generated == "auto"


def add_unique(table: Table, clause: KeyClause, schema: Schema) -> Table:
    primary, columns = table.primary_key, spelled(table, clause.columns)
    if primary is not None and primary.columns == columns and table.dialect == "sqlite" and not _is_rowid(table):
        # The primary key's index serves, and no second one is made; the rowid has none.
        return table
    name = clause.name or chosen(schema, table, columns, "key")
    return replace(table, unique=(*table.unique, Key(columns, clause.span, name, clause.nulls_distinct)))


def add_foreign_key(table: Table, clause: ForeignKeyClause, schema: Schema) -> Table:
    name = clause.name or chosen(schema, table, clause.columns, "fkey")
    namespace = _namespace(schema, clause.target)
    key = ForeignKey(
        spelled(table, clause.columns), clause.target.name, clause.target_columns, clause.span, name, clause.on_delete, namespace,
        clause.on_update, clause.valid,
    )  # fmt: skip
    return replace(table, foreign_keys=(*table.foreign_keys, key))


def add_check(table: Table, clause: CheckClause, schema: Schema) -> Table:
    name = clause.name
    if not name and table.dialect == "mysql":
        name = chosen(schema, table, (), "check")
    if not name and table.dialect == "postgres":
        columns = mentioned(clause.sql, (column.name for column in table.columns), table.dialect)
        name = chosen(schema, table, columns if len(columns) == 1 else (), "check")
    check = Check(
        clause.sql, clause.span, name, clause.column, clause.values, clause.valid, clause.inherited, clause.bounds
    )
    return replace(table, checks=(*table.checks, check))


def add_index(table: Table, clause: IndexClause, schema: Schema) -> Table:
    words = spelled(table, clause.columns, clause.expressions) if table.dialect == "mysql" else index_words(clause)
    name = clause.name or chosen(schema, table, words, "idx")
    index = Index(
        name, spelled(table, clause.columns, clause.expressions), clause.span, clause.unique, clause.where, clause.expressions, clause.include, clause.method,
        clause.options, clause.nulls_distinct,
    )  # fmt: skip
    return replace(table, indexes=(*table.indexes, index))
