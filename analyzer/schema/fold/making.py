"""CREATE TABLE -> Table: columns, keys, names as the engine gives them.

What comes in: a CreateTable and the schema before it. What goes out: a Table. This module does not know whether the table may be
created.
"""

from msgspec.structs import replace

from analyzer.catalog.schema import Check, Column, ForeignKey, Index, Key, Schema, Table, fold
from analyzer.catalog.types import parse_type
from analyzer.facts.change import CreateTable
from analyzer.facts.clause import CheckClause, ColumnClause, ForeignKeyClause, IndexClause, KeyClause, ObjectName
from analyzer.facts.source import Dialect
from analyzer.schema.fold.lookup import TEMPORARY, key_of, locate
from analyzer.schema.fold.naming import mentioned, mysql_key_name, postgres_name


def make_table(schema: Schema, change: CreateTable) -> Table:
    """The table, with the columns of what it copies or inherits from."""
    namespace = TEMPORARY if change.temporary else _namespace(schema, change.table)
    table = Table(
        change.table.name, namespace, "table", schema.dialect, change.span, closed=not change.open, options=change.options,
        certain=not change.may,
    )  # fmt: skip
    for parent in change.inherits:
        table = _inherit(schema, table, parent)
    if change.like is not None:
        table = _copy(schema, table, change.like)
    for clause in change.columns:
        table = add_column(table, clause, schema)
    if change.primary_key is not None:
        table = add_primary_key(table, change.primary_key, schema)
    for key in change.unique:
        table = add_unique(table, key, schema)
    for check in change.checks:
        table = add_check(table, check, schema)
    for foreign in change.foreign_keys:
        table = add_foreign_key(table, foreign, schema)
    for index in change.indexes:
        table = add_index(table, index, schema)
    return table


def _namespace(schema: Schema, name: ObjectName) -> str:
    return "" if name.namespace in schema.default_namespaces else name.namespace


def _inherit(schema: Schema, table: Table, parent_name: ObjectName) -> Table:
    parent = locate(schema, parent_name)
    if parent is None:
        return replace(table, closed=False)
    columns = (*table.columns, *(column for column in parent.columns if table.column(column.name) is None))
    options = (*table.options, f"child of {'.'.join(key_of(schema, parent))}")
    return replace(table, columns=columns, closed=table.closed and parent.closed, options=options, checks=parent.checks)


def _copy(schema: Schema, table: Table, source_name: ObjectName) -> Table:
    """LIKE copies names, types and NOT NULL; the rest as INCLUDING says. A partition has all, and stays tied to its parent."""
    source = locate(schema, source_name)
    if source is None:
        return replace(table, closed=False)
    everything = "including all" in table.options
    if "partition" in table.options:
        table = replace(table, options=(*table.options, f"child of {'.'.join(key_of(schema, source))}"))
    defaults = everything or "including defaults" in table.options
    generated = everything or "including generated" in table.options or "including identity" in table.options
    columns = tuple(
        replace(
            column,
            default=column.default if defaults or generated else None,
            generated=column.generated if generated else "",
        )
        for column in source.columns
    )
    table = replace(table, columns=columns, closed=table.closed and source.closed)
    if everything or "including constraints" in table.options:
        table = replace(table, checks=source.checks)
    if everything or "including indexes" in table.options:
        table = _copy_indexes(schema, table, source)
    return replace(table, foreign_keys=source.foreign_keys) if "partition" in table.options else table


def _copy_indexes(schema: Schema, table: Table, source: Table) -> Table:
    if source.primary_key is not None:
        table = add_primary_key(table, KeyClause(table.defined, source.primary_key.columns), schema)
    for key in source.unique:
        table = add_unique(table, KeyClause(table.defined, key.columns), schema)
    for index in source.indexes:
        clause = IndexClause(
            table.defined, "", index.columns, index.unique, index.where, index.expressions, index.include
        )
        table = add_index(table, clause, schema)
    return table


def make_column(clause: ColumnClause, dialect: Dialect) -> Column:
    type_ = parse_type(clause.type, dialect)
    certain = not clause.open or clause.not_null
    return Column(
        clause.name,
        type_,
        not clause.not_null,
        clause.span,
        clause.default,
        clause.generated,
        certain,
        clause.collation,
    )


def add_column(table: Table, clause: ColumnClause, schema: Schema, *, certain: bool = True) -> Table:
    """The column last, with the keys its own definition asks for."""
    made = make_column(clause, table.dialect)
    column = replace(made, certain=certain and made.certain)
    if table.column(clause.name) is not None:
        table = replace(table, columns=tuple(other for other in table.columns if other.name != clause.name))
    table = replace(table, columns=(*table.columns, column))
    if clause.primary_key:
        table = add_primary_key(table, KeyClause(clause.span, (clause.name,), clause.key_name), schema)
    if clause.unique and not clause.primary_key:
        table = add_unique(table, KeyClause(clause.span, (clause.name,), clause.key_name), schema)
    for check in clause.checks:
        table = add_check(table, check, schema)
    if clause.references is not None:
        table = add_foreign_key(table, clause.references, schema)
    return table


def set_column(table: Table, column: Column) -> Table:
    return replace(
        table,
        columns=tuple(column if fold(other.name, table.dialect) == fold(column.name, table.dialect) else other for other in table.columns),
    )  # fmt: skip


def add_primary_key(table: Table, clause: KeyClause, schema: Schema) -> Table:
    name = clause.name or _name(schema, table, (), "pkey")
    table = replace(table, primary_key=Key(clause.columns, clause.span, name))
    for column_name in clause.columns:
        column = table.column(column_name)
        if column is not None:
            table = set_column(table, _keyed(table, column, alone=len(clause.columns) == 1))
    return table


def _keyed(table: Table, column: Column, *, alone: bool) -> Column:
    """Section 3.5 of SQLite's "CREATE TABLE": a primary key may hold NULL but for INTEGER PRIMARY KEY, WITHOUT ROWID and STRICT."""
    if table.dialect != "sqlite":
        return replace(column, nullable=False)
    without_rowid = "without rowid" in table.options
    if alone and not without_rowid and column.type.raw.upper() == "INTEGER" and column.generated in ("", "auto"):
        return replace(column, nullable=False, generated=column.generated or "auto")
    solid = without_rowid or "strict" in table.options
    return replace(column, nullable=column.nullable and not solid)


def add_unique(table: Table, clause: KeyClause, schema: Schema) -> Table:
    primary = table.primary_key
    if primary is not None and primary.columns == clause.columns and table.dialect != "mysql":
        # Both engines let the primary key's index serve, and make no second one.
        return table
    name = clause.name or _name(schema, table, clause.columns, "key")
    return replace(table, unique=(*table.unique, Key(clause.columns, clause.span, name, clause.nulls_distinct)))


def add_foreign_key(table: Table, clause: ForeignKeyClause, schema: Schema) -> Table:
    name = clause.name or _name(schema, table, clause.columns, "fkey")
    namespace = _namespace(schema, clause.target)
    key = ForeignKey(
        clause.columns, clause.target.name, clause.target_columns, clause.span, name, clause.on_delete, namespace,
        clause.on_update, clause.valid,
    )  # fmt: skip
    return replace(table, foreign_keys=(*table.foreign_keys, key))


def add_check(table: Table, clause: CheckClause, schema: Schema) -> Table:
    name = clause.name
    if not name and table.dialect == "postgres":
        columns = mentioned(clause.sql, (column.name for column in table.columns), table.dialect)
        name = _name(schema, table, columns if len(columns) == 1 else (), "check")
    check = Check(clause.sql, clause.span, name, clause.column, clause.values, clause.valid)
    return replace(table, checks=(*table.checks, check))


def add_index(table: Table, clause: IndexClause, schema: Schema) -> Table:
    name = clause.name or _name(schema, table, _index_words(clause), "idx")
    index = Index(
        name, clause.columns, clause.span, clause.unique, clause.where, clause.expressions, clause.include, clause.method,
        clause.options, clause.nulls_distinct,
    )  # fmt: skip
    return replace(table, indexes=(*table.indexes, index))


def _index_words(clause: IndexClause) -> tuple[str, ...]:
    """PostgreSQL names an expression by its function, else `expr`; the included columns count."""
    words = []
    for position, column in enumerate(clause.columns):
        head, parenthesis, _ = column.partition("(")
        plain = position not in clause.expressions
        words.append(
            column if plain else head.strip().lower() if parenthesis and head.strip().isidentifier() else "expr"
        )
    return (*words, *clause.include)


def _name(schema: Schema, table: Table, columns: tuple[str, ...], label: str) -> str:
    if schema.dialect == "postgres":
        others = [other for other in schema.tables.values() if other.name != table.name]
        return postgres_name(
            table.name,
            columns,
            label,
            lambda name: name in table.object_names or any(name in other.object_names for other in others),
        )
    if schema.dialect == "mysql":
        if label == "fkey":
            return f"{table.name}_ibfk_{len(table.foreign_keys) + 1}"
        if label == "pkey":
            return "PRIMARY"
        return mysql_key_name(columns, table.object_names) if label in ("key", "idx") else ""
    return ""
