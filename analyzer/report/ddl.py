"""`schema --format sql`: statements that make a schema anew, in an empty database of its dialect.

What comes in: a Schema. What goes out: SQL text; every name is quoted, so that no reserved word needs to be known. What the
schema only half knows (a view without text, a tainted name, a composite type, what calls a function of its own) stands there as a comment;
functions and triggers are no part of a schema. This module does not run SQL.
"""

from collections.abc import Iterator, Sequence

from analyzer.catalog.named import NamedType
from analyzer.catalog.schema import Schema
from analyzer.catalog.table import Column, ForeignKey, Index, Table
from analyzer.facts.source import Dialect
from analyzer.report.names import comment, literal, name_of, names_list, quoted
from analyzer.report.prerequisites import extensions, sequences, unknown_functions
from analyzer.report.schema import target_columns
from analyzer.report.view_order import in_order, outdated
from analyzer.schema.fold.naming import object_name

_IDENTITY = {"always": "ALWAYS", "default": "BY DEFAULT"}
_TABLE_OPTIONS = ("without rowid", "strict")
_DEFAULT_METHODS = ("", "btree")
_MYSQL_KINDS = ("fulltext", "spatial")


def schema_sql(schemas: Sequence[Schema]) -> str:
    """The statements of each schema, under a comment with its name."""
    return "\n".join("".join(f"{statement}\n" for statement in _statements(schema)) for schema in schemas)


def _statements(schema: Schema) -> Iterator[str]:
    dialect = schema.dialect
    tables = [table for table in schema.tables.values() if table.kind == "table"]
    made = [table for table in tables if "virtual" not in table.options and "foreign" not in table.options]
    yield f"-- schema {comment(schema.name)} ({dialect})"
    for name in sorted(schema.tainted):
        yield f"-- not known for sure: {comment(name)}"
    if dialect != "sqlite":
        for namespace in sorted(_namespaces(schema) - {""}):
            yield f"CREATE SCHEMA {quoted(namespace, dialect)};"
    if dialect == "postgres":
        yield from (f'CREATE EXTENSION IF NOT EXISTS "{name}";' for name in extensions(made))
    yield from _types(schema)
    yield from (f"CREATE SEQUENCE IF NOT EXISTS {name};" for name in sequences(made))
    for table in tables:
        yield from _about(table)
        if table in made:
            yield _table(table, schema)
    if dialect != "sqlite":
        yield from (_added(table, key, schema) for table in made for key in table.foreign_keys)
        yield from (statement for table in made for statement in _unproved(table, schema))
    yield from (_index(index, table, schema) for table in made for index in table.indexes)
    for view in in_order(schema):
        yield _view(view, schema)
        if not outdated(view, schema):
            yield from (_index(index, view, schema) for index in view.indexes)


def _namespaces(schema: Schema) -> frozenset[str]:
    types = {enum.namespace for enum in schema.enums.values()} | {named.namespace for named in schema.types.values()}
    return schema.namespaces | (types - set(schema.default_namespaces))


def _types(schema: Schema) -> Iterator[str]:
    dialect = schema.dialect
    for enum in schema.enums.values():
        values = ", ".join(f"{literal(value)}" for value in enum.values)
        yield f"CREATE TYPE {name_of(enum.name, enum.namespace, dialect)} AS ENUM ({values});"
    for domain in schema.types.values():
        name = name_of(domain.name, domain.namespace, dialect)
        if domain.base is None:
            yield f"CREATE TYPE {name} AS (); -- what it is made of is not known"
        else:
            yield f"CREATE DOMAIN {name} AS {_domain(domain, schema)};"


def _domain(domain: NamedType, schema: Schema) -> str:
    parts = [domain.base.raw if domain.base is not None else ""]
    if domain.default is not None and not unknown_functions(domain.default, schema):
        parts.append(f"DEFAULT {domain.default}")
    if domain.not_null:
        parts.append("NOT NULL")
    parts += [
        f"{_named(check.name, schema.dialect, object_name(domain.name, '', 'check'))}CHECK ({check.sql})"
        for check in domain.checks
        if not unknown_functions(check.sql, schema)
    ]
    return " ".join(parts)


def _about(table: Table) -> Iterator[str]:
    """What a reader should know before the statement, or in its place."""
    name = comment(table.name)
    if "virtual" in table.options or "foreign" in table.options:
        yield f"-- table {name}: {'virtual' if 'virtual' in table.options else 'foreign'}, its text is not kept"
        return
    if not table.closed:
        yield f"-- table {name}: other columns may exist"
    if not table.certain:
        yield f"-- table {name}: may not be there"
    for column in table.columns:
        if not column.certain:
            yield f"-- column {name}.{comment(column.name)}: may not be there"
    for option in table.options:
        if option.startswith("child of "):
            yield f"-- table {name}: {comment(option)}; here it stands by itself"


def _table(table: Table, schema: Schema) -> str:
    dialect = table.dialect
    inline = _is_inline(table)
    lines = [_column(column, table, schema, inline=inline) for column in table.columns]
    if table.primary_key is not None and not inline:
        name = _named(table.primary_key.name, dialect, object_name(table.name, "", "pkey"))
        lines.append(f"{name}PRIMARY KEY ({names_list(table.primary_key.columns, dialect)})")
    for key in table.unique:
        distinct = "" if key.nulls_distinct else " NULLS NOT DISTINCT"
        name = _named(key.name, dialect, object_name(table.name, "_".join(key.columns), "key"))
        lines.append(f"{name}UNIQUE{distinct} ({names_list(key.columns, dialect)})")
    for check in table.checks:
        if not check.valid:
            continue
        functions = unknown_functions(check.sql, schema)
        if functions:
            lines[-1] += f" /* CHECK ({_inside(check.sql)}) calls {functions} */"
        else:
            usual = [object_name(table.name, column, "check") for column in ("", *(one.name for one in table.columns))]
            lines.append(f"{_named(check.name, dialect, *usual)}CHECK ({check.sql})")
    if dialect == "sqlite":
        lines += [_key(key, table, schema) for key in table.foreign_keys]
    body = ",\n  ".join(lines)
    options = ", ".join(option.upper() for option in _TABLE_OPTIONS if option in table.options)
    ending = f" {options}" if options and dialect == "sqlite" else ""
    return f"CREATE TABLE {name_of(table.name, table.namespace, dialect)} (\n  {body}\n){ending};"


def _named(name: str, dialect: Dialect, *usual: str) -> str:
    """CONSTRAINT and the name, where the engine would not choose this one itself."""
    return "" if not name or name in usual or name == "PRIMARY" else f"CONSTRAINT {quoted(name, dialect)} "


def _is_inline(table: Table) -> bool:
    """SQLite makes a column an alias of the rowid, and MySQL lets it count, where the key stands at the column."""
    key = table.primary_key
    return (
        table.dialect != "postgres"
        and key is not None
        and len(key.columns) == 1
        and table.column(key.columns[0]) is not None
    )


def _column(column: Column, table: Table, schema: Schema, *, inline: bool) -> str:
    dialect = table.dialect
    unknown = "" if dialect == "sqlite" else "text /* its type is not known */"
    parts = [quoted(column.name, dialect), _type(column, schema) or unknown]
    if column.collation:
        parts.append(f"COLLATE {_collation(column.collation, dialect)}")
    functions = unknown_functions(column.default or "", schema)
    if functions:
        parts.append(f"/* {_inside(column.default or '')} calls {functions} */")
    elif column.generated in _IDENTITY:
        parts.append(f"GENERATED {_IDENTITY[column.generated]} AS IDENTITY")
    elif column.generated in ("stored", "virtual"):
        parts.append(f"GENERATED ALWAYS AS ({column.default}) {column.generated.upper()}")
    elif column.default is not None and (column.generated != "auto" or "serial" not in column.type.raw.lower()):
        parts.append(f"DEFAULT {_default(column.default, dialect)}")
    is_key = inline and table.primary_key is not None and table.column(table.primary_key.columns[0]) is column
    if not column.nullable and not (is_key and dialect == "sqlite" and column.generated == "auto"):
        parts.append("NOT NULL")
    if is_key:
        # Of SQLite's INTEGER keys only DESC is no alias of the rowid.
        plain = (
            dialect == "sqlite"
            and column.type.raw.upper() == "INTEGER"
            and column.generated == ""
            and table.is_rowid_table
        )
        parts.append("PRIMARY KEY DESC" if plain else "PRIMARY KEY")
    if column.generated == "auto" and dialect == "mysql":
        parts.append("AUTO_INCREMENT")
    return " ".join(part for part in parts if part)


def _type(column: Column, schema: Schema) -> str:
    """As declared; a type of the schema's own by its name, which may have been changed since."""
    _, brackets, sizes = column.type.raw.partition("[")
    name = column.type.name.removesuffix("[]") if brackets else column.type.name
    own = schema.enum(name) or schema.type(name)
    if own is None or schema.dialect != "postgres":
        # A serial that lost its default is the integer that it was.
        return column.type.name if _lost_serial(column, schema.dialect) else column.type.raw
    return name_of(own.name, own.namespace, schema.dialect) + brackets + sizes


def _lost_serial(column: Column, dialect: Dialect) -> bool:
    return dialect == "postgres" and column.generated != "auto" and "serial" in column.type.raw.lower()


def _collation(name: str, dialect: Dialect) -> str:
    """A collation of PostgreSQL's may be in a namespace, and is a name like any other."""
    if dialect != "postgres":
        return name
    return ".".join(quoted(part.strip('"'), dialect) for part in name.split("."))


def _default(default: str, dialect: Dialect) -> str:
    """SQLite takes an expression in parentheses only ("CREATE TABLE", section 3.2)."""
    return f"({default})" if dialect == "sqlite" and "(" in default and not default.startswith("(") else default


def _inside(text: str) -> str:
    """A text that may stand in a comment."""
    return comment(text).replace("*/", "* /").replace("/*", "/ *")


def _key(key: ForeignKey, table: Table, schema: Schema) -> str:
    dialect = schema.dialect
    actions = "".join(
        f" ON {event} {action.upper()}"
        for event, action in (("DELETE", key.on_delete), ("UPDATE", key.on_update))
        if action
    )
    target = target_columns(schema, key)
    columns = f" ({names_list(target, dialect)})" if target else ""
    name = _named(key.name, dialect, object_name(table.name, "_".join(key.columns), "fkey"))
    return f"{name}FOREIGN KEY ({names_list(key.columns, dialect)}) REFERENCES {name_of(key.table, key.namespace, dialect)}{columns}{actions}"


def _added(table: Table, key: ForeignKey, schema: Schema) -> str:
    """A key to a table that is not there is a comment."""
    late = "" if key.valid else " NOT VALID"
    statement = (
        f"ALTER TABLE {name_of(table.name, table.namespace, schema.dialect)} ADD {_key(key, table, schema)}{late};"
    )
    return statement if schema.table(key.table, key.namespace) is not None else f"-- {comment(statement)}"


def _unproved(table: Table, schema: Schema) -> Iterator[str]:
    """Checks that rows which are there need not pass: no CREATE TABLE says so."""
    name = name_of(table.name, table.namespace, schema.dialect)
    for check in table.checks:
        if not check.valid and not unknown_functions(check.sql, schema):
            yield f"ALTER TABLE {name} ADD {_named(check.name, schema.dialect)}CHECK ({check.sql}) NOT VALID;"


def _index(index: Index, table: Table, schema: Schema) -> str:
    dialect = table.dialect
    options = index.options or ("",) * len(index.columns)
    parts = [
        f"{f'({column})' if position in index.expressions else quoted(column, dialect)} {option}".rstrip()
        for position, (column, option) in enumerate(zip(index.columns, options, strict=False))
    ]
    kind = "UNIQUE " if index.unique else f"{index.method.upper()} " if index.method in _MYSQL_KINDS else ""
    name = f"{quoted(index.name, dialect)} " if index.name else ""
    method = f" USING {index.method}" if index.method not in _DEFAULT_METHODS and dialect == "postgres" else ""
    include = f" INCLUDE ({names_list(index.include, dialect)})" if index.include else ""
    nulls = "" if index.nulls_distinct else " NULLS NOT DISTINCT"
    where = f" WHERE {index.where}" if index.where else ""
    on = name_of(table.name, table.namespace, dialect)
    statement = f"CREATE {kind}INDEX {name}ON {on}{method} ({', '.join(parts)}){include}{nulls}{where};"
    texts = [index.where or "", *(index.columns[at] for at in index.expressions)]
    functions = sorted({name for text in texts for name in unknown_functions(text, schema).split(", ") if name})
    return f"-- calls {', '.join(functions)}: {comment(statement)}" if functions else statement


def _view(view: Table, schema: Schema) -> str:
    name = name_of(view.name, view.namespace, view.dialect)
    if not view.query:
        return f"-- view {comment(view.name)}: its text is not known"
    kind = "MATERIALIZED VIEW" if "materialized" in view.options else "VIEW"
    # The query's own names may have been changed since, or given by the statement.
    named = tuple(one.name for one in view.columns) if view.closed else ()
    columns = f" ({names_list(named, view.dialect)})" if named else ""
    statement = f"CREATE {kind} {name}{columns} AS {view.query.strip().rstrip(';')};"
    why = outdated(view, schema)
    return f"-- {why}: {comment(statement)}" if why else statement
