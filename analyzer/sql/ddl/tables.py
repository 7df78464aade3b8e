"""CREATE, DROP and RENAME TABLE, virtual tables.

What comes in: a cursor over one statement. What goes out: changes. Sources: the CREATE TABLE pages of PostgreSQL, SQLite and MySQL;
"SQLite FTS5 Extension". This module does not know which tables exist.
"""

from msgspec import Struct
from msgspec.structs import replace

from analyzer.facts.change import SchemaChange
from analyzer.facts.change.tables import CreateTable, DropTable, RenameTable
from analyzer.facts.clause import (
    CheckClause,
    ColumnClause,
    ForeignKeyClause,
    IndexClause,
    KeyClause,
    LikeClause,
    ObjectName,
)
from analyzer.facts.source import Span
from analyzer.sql.ddl.columns import read_column, read_refinement
from analyzer.sql.ddl.constraints import Exclusion, PrimaryKey, UniqueKey, read_constraint, sees_constraint
from analyzer.sql.ddl.cursor import Cursor, UnreadError
from analyzer.sql.ddl.splices import HOLE

_COPIED = frozenset(
    {"comments", "compression", "constraints", "defaults", "generated", "identity", "indexes", "statistics", "storage"}
)


class _Draft(Struct):
    """A table while its elements are read."""

    columns: tuple[ColumnClause, ...] = ()
    primary_key: KeyClause | None = None
    unique: tuple[KeyClause, ...] = ()
    foreign_keys: tuple[ForeignKeyClause, ...] = ()
    checks: tuple[CheckClause, ...] = ()
    indexes: tuple[IndexClause, ...] = ()
    like: ObjectName | None = None
    inherits: tuple[ObjectName, ...] = ()
    options: tuple[str, ...] = ()
    query: str | None = None
    open: bool = False
    is_keyed: bool = True
    copies: tuple[LikeClause, ...] = ()
    of: ObjectName | None = None


def read_create_table(cursor: Cursor) -> tuple[SchemaChange, ...]:
    """The cursor stands behind CREATE."""
    temporary, foreign = False, False
    while not cursor.take("TABLE"):
        word = cursor.take_any("GLOBAL", "LOCAL", "TEMP", "TEMPORARY", "UNLOGGED", "FOREIGN")
        if not word:
            raise UnreadError(f"unexpected {cursor.raw()!r}")
        temporary, foreign = temporary or word.startswith("TEMP"), foreign or word == "FOREIGN"
    if_not_exists = cursor.take("IF", "NOT", "EXISTS")
    if cursor.kind(1) in ("word", "quoted") and not cursor.sees_any("AS") and cursor.take(HOLE):
        if_not_exists = True
    table = cursor.object_name()
    # "CREATE TABLE" of SQLite: the schema name `temp` makes a temporary table.
    temporary = temporary or (cursor.dialect == "sqlite" and table.namespace.lower() == "temp")
    draft = _Draft(options=("foreign",) if foreign else ())
    _read_body(cursor, draft)
    return (
        CreateTable(
            cursor.span(), table, _columns(draft), draft.primary_key, draft.unique, draft.foreign_keys, draft.checks,
            draft.indexes, if_not_exists, temporary, draft.query, draft.like, draft.inherits, draft.options, draft.open,
            copies=draft.copies, of=draft.of,
        ),
    )  # fmt: skip


def _columns(draft: _Draft) -> tuple[ColumnClause, ...]:
    """A key that nobody could read may make any column NOT NULL."""
    if draft.is_keyed:
        return draft.columns
    return tuple(replace(column, open=True) for column in draft.columns)


def _read_body(cursor: Cursor, draft: _Draft) -> None:
    if cursor.take("PARTITION", "OF"):
        draft.like = cursor.object_name()
        draft.options = (*draft.options, "partition", "including all")
        _read_refinements(cursor, draft)
        cursor.until(frozenset({"PARTITION"}))
        if cursor.take("PARTITION", "BY"):
            draft.options = (*draft.options, "partitioned")
        cursor.rest()
    elif cursor.dialect == "postgres" and cursor.take("OF"):
        draft.of = cursor.object_name()
        _read_refinements(cursor, draft)
        _read_options(cursor, draft)
    elif cursor.take("LIKE"):
        draft.like = cursor.object_name()
        draft.options = (*draft.options, "including all")
    elif cursor.sees("("):
        elements = cursor.group()
        if elements.take("LIKE") and cursor.dialect == "mysql":
            draft.like = elements.object_name()
            draft.options = (*draft.options, "including all")
        else:
            elements.at = 0
            _read_elements(elements, draft)
    elif cursor.take(HOLE):
        draft.open = True
    elif not cursor.sees_any("AS", "SELECT", "WITH", "USING", "ON", "TABLESPACE"):
        raise UnreadError(f"expected columns, found {cursor.raw() or 'the end'}")
    _read_options(cursor, draft)


def _read_refinements(cursor: Cursor, draft: _Draft) -> None:
    """The list behind OF and PARTITION OF: constraints, and what is added to columns that come from elsewhere."""
    if not cursor.sees("("):
        return
    for item in cursor.group().items():
        if sees_constraint(item):
            while not item.done:
                _read_table_constraint(item, draft)
        else:
            draft.columns = (*draft.columns, read_refinement(item))


def _read_elements(elements: Cursor, draft: _Draft) -> None:
    for item in elements.items():
        if item.done:
            raise UnreadError("expected a column")
        if item.is_spliced:
            _read_spliced_element(item, draft)
            draft.open = draft.open or (elements.done and _may_go_on(item))
            continue
        _read_whole_element(item, draft)


def _read_spliced_element(item: Cursor, draft: _Draft) -> None:
    """A hole in place of a name may be any columns; elsewhere the column is there, and the rest of it not certain."""
    if HOLE in item.raw():
        draft.open = True
        return
    is_constraint = sees_constraint(item)
    try:
        _read_whole_element(item, draft)
    except UnreadError:
        item.at = 0
        if is_constraint:
            draft.is_keyed = False
        else:
            draft.columns = (*draft.columns, ColumnClause(item.span(), item.name(), open=True))
            draft.open = True


def _may_go_on(item: Cursor) -> bool:
    """A hole behind the last definition may hold a comma and more of them; behind a name it is a type, behind DEFAULT a value."""
    item.at = max(0, len(item.tokens) - 2)
    return len(item.tokens) > 2 and item.word(1) == HOLE and not item.sees("DEFAULT")


def _read_whole_element(item: Cursor, draft: _Draft) -> None:
    if item.dialect == "postgres" and item.take("LIKE"):
        draft.copies = (*draft.copies, LikeClause(item.object_name(), len(draft.columns), _including(item)))
    elif sees_constraint(item):
        while not item.done:
            _read_table_constraint(item, draft)
    elif len(item.tokens) == 1 and item.dialect != "sqlite":
        # CREATE TABLE t (a, b) AS SELECT: names only.
        draft.columns = (*draft.columns, ColumnClause(item.span(), item.name()))
    else:
        _read_element(item, draft)


def _read_element(item: Cursor, draft: _Draft) -> None:
    draft.columns = (*draft.columns, read_column(item))
    if not item.done:
        raise UnreadError(f"unexpected {item.raw()!r}")


def _including(item: Cursor) -> tuple[str, ...]:
    """What INCLUDING and EXCLUDING leave, in their order."""
    out: set[str] = set()
    while not item.done:
        including, what = item.take("INCLUDING"), ""
        if not including:
            item.expect("EXCLUDING")
        what = item.name().lower()
        parts = _COPIED if what == "all" else {what}
        out = out | parts if including else out - parts
    return tuple(sorted(out))


def _read_table_constraint(item: Cursor, draft: _Draft) -> None:
    match read_constraint(item):
        case PrimaryKey(key=key):
            draft.primary_key = key
        case UniqueKey(key=key):
            draft.unique = (*draft.unique, key)
        case ForeignKeyClause() as key:
            draft.foreign_keys = (*draft.foreign_keys, key)
        case CheckClause() as check:
            draft.checks = (*draft.checks, check)
        case IndexClause() as index:
            draft.indexes = (*draft.indexes, index)
        case Exclusion():
            draft.options = (*draft.options, "exclusion")


def _read_options(cursor: Cursor, draft: _Draft) -> None:
    while not cursor.done:
        if cursor.take("INHERITS"):
            draft.inherits = tuple(item.object_name() for item in cursor.group().items())
        elif cursor.take("WITHOUT", "ROWID"):
            draft.options = (*draft.options, "without rowid")
        elif cursor.take("STRICT"):
            draft.options = (*draft.options, "strict")
        elif cursor.take("PARTITION", "BY"):
            draft.options = (*draft.options, "partitioned")
        elif cursor.take("AS") or (cursor.sees_any("SELECT", "WITH", "VALUES") and not cursor.sees("WITH", "(")):
            draft.query = read_query(cursor)
            cursor.rest()
        else:
            cursor.skip()


def read_query(cursor: Cursor) -> str:
    """The query of a view or of CREATE TABLE AS, without the WITH ... DATA, CHECK OPTION or READ ONLY behind it."""
    start, end = cursor.at, len(cursor.tokens)
    for index in range(max(start, end - 4), end):
        if cursor.word(index - cursor.at) == "WITH" and cursor.raw(end - 1 - cursor.at).upper() in ("DATA", "OPTION"):
            return cursor.text(start, index)
    return cursor.text(start, end)


def read_virtual_table(cursor: Cursor) -> tuple[SchemaChange, ...]:
    """The cursor stands behind CREATE VIRTUAL TABLE. A module may add hidden columns: the table is open."""
    if_not_exists = cursor.take("IF", "NOT", "EXISTS")
    table = cursor.object_name()
    cursor.expect("USING")
    module = cursor.name().lower()
    columns: tuple[ColumnClause, ...] = ()
    if cursor.sees("("):
        columns = tuple(_virtual_columns(cursor.group()))
    options = ("virtual", module)
    return (CreateTable(cursor.span(), table, columns, if_not_exists=if_not_exists, options=options, open=True),)


def _virtual_columns(arguments: Cursor) -> list[ColumnClause]:
    """What is no `option=value` and begins with a name is a column: `body`, `id UNINDEXED`."""
    return [
        ColumnClause(item.span(0, 1), item.name())
        for item in arguments.items()
        if item.kind() in ("word", "quoted") and item.kind(1) != "punctuation"
    ]


def read_drop_table(cursor: Cursor) -> tuple[SchemaChange, ...]:
    """The cursor stands behind DROP TABLE."""
    if_exists = cursor.take("IF", "EXISTS")
    tables = list({name: (span, name) for span, name in object_names(cursor)}.values())
    cascade = cursor.take("CASCADE")
    whole = cursor.span()
    return tuple(DropTable(span if len(tables) > 1 else whole, table, if_exists, cascade) for span, table in tables)


def object_names(cursor: Cursor) -> list[tuple[Span, ObjectName]]:
    found = []
    while True:
        start = cursor.at
        name = cursor.object_name()
        found.append((cursor.span(start, cursor.at), name))
        if not cursor.take(","):
            return found


def read_rename_tables(cursor: Cursor) -> tuple[SchemaChange, ...]:
    """MySQL's RENAME TABLE a TO b, c TO d; the cursor stands behind TABLE."""
    changes = []
    for item in cursor.part(cursor.at, len(cursor.tokens)).items():
        table = item.object_name()
        item.expect("TO")
        changes.append(RenameTable(item.span(), table, item.object_name()))
    return tuple(changes)
