"""swallowed-migration-error. What comes in: a query. What goes out: a finding where it changes the schema and the code goes on when it fails."""

from collections.abc import Iterator

from analyzer.facts.change import SchemaChange
from analyzer.facts.change.columns import AddColumn, AlterColumn, DropColumn, RenameColumn
from analyzer.facts.change.constraints import AddConstraint, DropConstraint
from analyzer.facts.change.indexes import AddIndex, DropIndex
from analyzer.facts.change.statements import Opaque
from analyzer.facts.change.tables import CreateTable, DropTable, RenameTable
from analyzer.facts.origin import LiteralOrigin
from analyzer.findings import Finding, Repair
from analyzer.link.graph import ReferenceGraph
from analyzer.link.linked import LinkedQuery
from analyzer.rules.rule import rule

# What engines and drivers say of an object that is there: messages, SQLSTATEs of PostgreSQL (Appendix A), error numbers and symbols of MySQL.
_THERE = (
    "already exist", "duplicate", "exists", "42p07", "42701", "42710", "42p06", "23505", "1050", "1060", "1061", "er_table_exists",
    "er_dup_", "errordup", "alreadyexist",
)  # fmt: skip
_GONE = (
    "no such",
    "does not exist",
    "doesn't exist",
    "undefined",
    "unknown",
    "42703",
    "42p01",
    "42704",
    "1091",
    "1051",
    "check that",
)
_VERBS = ("CREATE", "ALTER", "DROP", "RENAME")
_OBJECTS = ("TABLE", "INDEX", "COLUMN")


@rule("warning")
def swallowed_migration_error(query: LinkedQuery, graph: ReferenceGraph) -> Iterator[Finding]:
    """A statement that changes the schema fails and the code goes on.

    **Why** The program runs on a schema that lacks what the statement was to make; what fails later names another place. A locked
    database, a full disk and a typing error look the same as a column that is there already.

    **Example** corpora/swallowed-migration-error

    **Limits** The nearest handler decides: what functions further out do is not asked, nor whether callers ask for the False that a handler
    returns. Where a handler lets pass only what it takes for
    "is there already", by message, code or class, it is information: SQLite's ADD COLUMN knows no IF NOT EXISTS. DROP .. IF EXISTS,
    temporary tables, tests and seeds are left out.

    **Fix** Ask the catalogue or a version table whether the change is needed, and let every failure stop the start.
    """
    site = query.query
    if site.fate == "stops" or graph.role(site.span) in ("test", "seed", "vendored", "generated"):
        return
    change = next((change for change in query.changes if _counts(change)), None)
    if change is None or _is_probe(query):
        return
    table, column = _object(change)
    tolerated = ", ".join(f'"{word}"' for word in dict.fromkeys(site.tolerated))
    if site.fate == "ignored":
        how = "the failure is caught and not passed on"
    elif _is_idiom(query):
        how = f"failures that mention {tolerated} are let pass, and hide a migration that was applied in part"
    else:
        how = (
            f"the code goes on after failures told apart by {tolerated}"
            if tolerated
            else "the code goes on after some failures"
        )
    yield Finding(
        span=site.span,
        message=f"{_name(change, table, column)}: {how}",
        severity="info" if site.fate == "filtered" and _is_idiom(query) else None,
        schema=query.schema or None,
        table=table or None,
        column=column or None,
        symbol=query.symbol or None,
        group=f"swallowed-migration-error:{site.span.path}:{query.symbol}",
        repair=Repair("ask whether the change is needed, and let its failure stop the program", effort_minutes=20),
    )


def _is_probe(query: LinkedQuery) -> bool:
    """Whether the function opens a database in memory: it tries what the engine can do."""
    return any(
        isinstance(argument, LiteralOrigin) and argument.value == ":memory:"
        for call in query.file.calls
        if call.function is not None and call.function == query.query.function
        for argument in call.arguments
    )


def _counts(change: SchemaChange) -> bool:
    """Whether the schema lacks something when the change fails."""
    match change:
        case CreateTable(temporary=temporary, options=options):
            # Whether the engine has a module is found out by trying.
            return not temporary and options[:1] != ("virtual",)
        case DropTable(if_exists=if_exists) | DropIndex(if_exists=if_exists) | DropConstraint(if_exists=if_exists):
            return not if_exists
        case RenameTable() | AddColumn() | DropColumn() | RenameColumn() | AlterColumn() | AddConstraint() | AddIndex():
            return True
        case Opaque(text=text, touches=touches):
            # Who drops what a variable names, cleans up.
            return _is_definition(text) and not (text[:4].upper() == "DROP" and touches == ("*",))
        case _:
            return False


def _is_definition(text: str) -> bool:
    """A statement that could not be read to its end, by its first words."""
    words = text.upper().split(maxsplit=4)[:4]
    drops = words[:1] == ["DROP"] and "IF" in words
    passing = any(word in words for word in ("TEMP", "TEMPORARY", "VIRTUAL"))
    return words[:1] != [] and words[0] in _VERBS and any(word in _OBJECTS for word in words) and not (drops or passing)


def _object(change: SchemaChange) -> tuple[str, str]:
    """The table and the column a change is about, "" where there is none or it is not known."""
    if isinstance(change, Opaque):
        names = [name for name in change.touches if name != "*"]
        return names[0] if len(names) == 1 else "", ""
    table = getattr(change, "table", None)
    column = getattr(change, "column", "")
    return table.name if table is not None else "", column if isinstance(column, str) else column.name


def _name(change: SchemaChange, table: str, column: str) -> str:
    match change:
        case CreateTable():
            return f'table "{table}" may never be created'
        case AddColumn():
            return f'column "{table}.{column}" may never be added'
        case AddIndex():
            return f'an index of "{table}" may never be created'
        case Opaque(text=text) if text[:12].upper() in ("CREATE INDEX", "CREATE UNIQU"):
            return "an index may never be created"
        case _ if table:
            return f'table "{table}" may never be changed'
        case _:
            return "the schema may never be changed"


def _is_idiom(query: LinkedQuery) -> bool:
    """Whether all that the handler lets pass says that the change is made already."""
    drops = any(isinstance(change, DropTable | DropColumn | DropIndex | DropConstraint) for change in query.changes)
    known = (*_THERE, *_GONE) if drops else _THERE
    words = [word.lower() for word in query.query.tolerated]
    return bool(words) and all(any(part in word for part in known) for word in words)
