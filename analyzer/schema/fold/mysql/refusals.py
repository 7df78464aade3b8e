"""MySQL: what it refuses.

What comes in: a schema and a change, or a table. What goes out: why MySQL would not run it, or None where it may. Sources: MySQL's reference
manual, "FOREIGN KEY Constraints" and "ALTER TABLE". Where MariaDB differs nothing is refused.
"""

from analyzer.catalog.names import fold
from analyzer.catalog.schema import Schema
from analyzer.catalog.table import ForeignKey, Index, Key, Table
from analyzer.facts.change import SchemaChange
from analyzer.facts.change.columns import DropColumn
from analyzer.facts.change.constraints import AddConstraint, DropConstraint
from analyzer.facts.change.indexes import AddIndex, DropIndex, RenameIndex
from analyzer.facts.change.tables import CreateTable, DropTable
from analyzer.facts.change.views import CreateView
from analyzer.facts.source import Span
from analyzer.schema.fold.dependents import pointing, points_at
from analyzer.schema.fold.failures import missing
from analyzer.schema.fold.lookup import exact, locate, same
from analyzer.schema.fold.mysql.keys import has, indexed, serves
from analyzer.schema.fold.views import is_unresolved
from analyzer.schema.fold.words import mentioned
from analyzer.schema.history import Failure


def refusal(schema: Schema, change: SchemaChange) -> Failure | None:
    """Why MySQL takes no such statement here. What is there already, or missing, is said by the fold itself where it is not about keys."""
    match change:
        case CreateTable() | CreateView():
            return _create(schema, change)
        case DropTable():
            return _drop_table(schema, change)
        case DropColumn():
            return _drop_column(schema, change)
        case DropIndex():
            return _drop_index(schema, change)
        case DropConstraint(name=name) if name:
            return _drop_constraint(schema, change)
        case RenameIndex():
            return _rename_index(schema, change)
        case AddConstraint() | AddIndex():
            return _added(schema, change)
        case _:
            return None


def _checks_keys(schema: Schema) -> bool:
    """Where no script says so, nobody knows: runners turn the check off for their session, and MySQL before 9 forgets keys that stand at columns."""
    return schema.settings.get("foreign_key_checks") == "on"


def _is_known(schema: Schema, table: Table) -> bool:
    return table.certain and table.closed and not schema.is_tainted(table.name)


def _refused(span: Span, message: str, name: str, defined: Span | None = None) -> Failure:
    return Failure("refused", span, message, name, (defined, "it is created here") if defined is not None else None)


def _create(schema: Schema, change: CreateTable | CreateView) -> Failure | None:
    """Errors 1146 and 1054: what it reads or copies is not there."""
    if isinstance(change, CreateTable):
        if exact(schema, change.table) is not None:
            return None
        if change.like is not None and locate(schema, change.like) is None:
            return missing(schema, change.like, change.span)
        query, name = change.query, change.table.name
    else:
        query, name = change.query, change.view.name
    if query is None or not is_unresolved(schema, query):
        return None
    return _refused(change.span, f'the query of "{name}" reads what is not there', name)


def _drop_table(schema: Schema, change: DropTable) -> Failure | None:
    """Error 3730: a foreign key of another table points at it; MariaDB's is 1451."""
    table = locate(schema, change.table)
    if table is None or not _checks_keys(schema) or not _is_known(schema, table):
        return None
    for other, key in pointing(schema, table):
        if _is_known(schema, other):
            message = f'constraint "{key.name}" of table "{other.name}" points at table "{table.name}"'
            return _refused(change.span, message, table.name, key.defined)
    return None


def _drop_column(schema: Schema, change: DropColumn) -> Failure | None:
    """Errors 1828, 1829 and 3108: a foreign key or a generated column needs it."""
    table = locate(schema, change.table)
    column = table.column(change.column) if table is not None else None
    if table is None or column is None or not _is_known(schema, table):
        return None
    what = f'column "{column.name}" of table "{table.name}"'
    for key in table.foreign_keys if _checks_keys(schema) else ():
        if has(key.columns, column.name):
            return _refused(
                change.span, f'constraint "{key.name}" depends on {what}', f"{table.name}.{column.name}", key.defined
            )
    for other, key in pointing(schema, table) if _checks_keys(schema) else ():
        if has(key.target, column.name) and _is_known(schema, other):
            message = f'constraint "{key.name}" of table "{other.name}" depends on {what}'
            return _refused(change.span, message, f"{table.name}.{column.name}", key.defined)
    for made in table.columns:
        if (
            made is not column
            and made.generated in ("stored", "virtual")
            and mentioned(made.default or "", (column.name,), "mysql")
        ):
            message = f'column "{made.name}" depends on {what}'
            return _refused(change.span, message, f"{table.name}.{column.name}", made.defined)
    return None


def _named_index(table: Table, name: str) -> Index | Key | None:
    found: tuple[Index | Key, ...] = (*table.indexes, *table.unique)
    return next((index for index in found if index.name.lower() == name.lower()), None)


def _drop_index(schema: Schema, change: DropIndex) -> Failure | None:
    """Errors 1091 and 1553: it is not there, or a foreign key needs it."""
    table = locate(schema, change.table) if change.table is not None else None
    if table is None and change.table is not None and not change.if_exists:
        return missing(schema, change.table, change.span)
    if table is None or not _is_known(schema, table):
        return None
    found = _named_index(table, change.index.name)
    if found is None:
        if change.if_exists or change.index.name.upper() == "PRIMARY":
            return None
        message = f'table "{table.name}" has no index "{change.index.name}"'
        return Failure("missing", change.span, message, change.index.name)
    key = _in_need(schema, table, found) if _checks_keys(schema) else None
    if key is None:
        return None
    return _refused(change.span, f'constraint "{key.name}" needs index "{found.name}"', found.name, key.defined)


def _in_need(schema: Schema, table: Table, gone: Index | Key) -> ForeignKey | None:
    """A foreign key that no other index serves."""
    left = tuple(columns for index, columns in indexed(table) if index is not gone)
    for key in table.foreign_keys:
        if serves(gone.columns, key.columns) and not any(serves(columns, key.columns) for columns in left):
            return key
    for _, key in pointing(schema, table):
        if serves(gone.columns, key.target) and not any(serves(columns, key.target) for columns in left):
            return key
    own = (key for key in table.foreign_keys if points_at(schema, key, table))
    return next(
        (
            key
            for key in own
            if serves(gone.columns, key.target) and not any(serves(columns, key.target) for columns in left)
        ),
        None,
    )


def _drop_constraint(schema: Schema, change: DropConstraint) -> Failure | None:
    table = locate(schema, change.table)
    if table is None or change.if_exists or not _is_known(schema, table):
        return None
    names = {key.name.lower() for key in table.foreign_keys if change.kind != "check"}
    names |= {check.name.lower() for check in table.checks if change.kind != "foreign"}
    names |= {key.name.lower() for key in table.unique if change.kind == "any"}
    if change.name.lower() in names or change.name.upper() == "PRIMARY":
        return None
    # MariaDB names unnamed checks in another way, and nobody knows which of the two runs this.
    if change.kind != "foreign" and table.checks:
        return None
    message = f'table "{table.name}" has no constraint "{change.name}"'
    return Failure("missing", change.span, message, change.name)


def _rename_index(schema: Schema, change: RenameIndex) -> Failure | None:
    table = locate(schema, change.table) if change.table is not None else None
    if table is None or not _is_known(schema, table):
        return None
    if _named_index(table, change.index.name) is None:
        return Failure(
            "missing", change.span, f'table "{table.name}" has no index "{change.index.name}"', change.index.name
        )
    taken = _named_index(table, change.to)
    if taken is None or same(change.to, change.index.name, schema):
        return None
    return Failure(
        "exists",
        change.span,
        f'index "{change.to}" already exists',
        change.to,
        (taken.defined, f'index "{change.to}" is created here'),
    )


def _added(schema: Schema, change: AddConstraint | AddIndex) -> Failure | None:
    """Errors 1061, 1068, 1826: the name is taken, or there is a primary key."""
    table = locate(schema, change.table)
    if table is None or not _is_known(schema, table) or isinstance(change, AddIndex):
        return None
    if change.primary_key is not None and table.primary_key is not None:
        message = f'table "{table.name}" has a primary key already'
        related = (table.primary_key.defined, "it is created here")
        return Failure("exists", change.span, message, table.name, related)
    clause = change.unique
    taken = _named_index(table, clause.name) if clause is not None and clause.name else None
    if taken is not None and not change.if_not_exists:
        related = (taken.defined, f'index "{taken.name}" is created here')
        return Failure("exists", change.span, f'index "{taken.name}" already exists', taken.name, related)
    foreign = change.foreign_key
    for key in table.foreign_keys if foreign is not None and foreign.name and not change.if_not_exists else ():
        if fold(key.name, "mysql") == fold(foreign.name if foreign is not None else "", "mysql"):
            related = (key.defined, f'constraint "{key.name}" is created here')
            return Failure("exists", change.span, f'constraint "{key.name}" already exists', key.name, related)
    return None
