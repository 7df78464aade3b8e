"""How Python catches failures: `try`, `contextlib.suppress`.

What comes in: nodes. What goes out: Handlings. Which classes catch the failure of a statement is known by their names: those that every driver has by
PEP 249, and the finer ones of psycopg and asyncpg. This module does not know drivers beyond those names.
"""

import re

from tree_sitter import Node

from analyzer.extract.fates import Failures
from analyzer.extract.handlers import Reader, settled
from analyzer.extract.outcomes import Handling, Leaving, Outcome, together
from analyzer.extract.texts import folded, text_of

# PEP 249, and what stands above it. ProgrammingError and OperationalError are what a refused statement raises, whatever the reason.
_BROAD = frozenset({
    "Exception", "BaseException", "Error", "DatabaseError", "OperationalError", "ProgrammingError", "InternalError", "StandardError",
    "SQLAlchemyError", "DBAPIError", "PostgresError", "MySQLError", "PsycopgError",
})  # fmt: skip
_FINE = re.compile(r"Duplicate|Undefined|Unique|Integrity|Violation|AlreadyExists|Constraint|DataError|NotSupported")
_LOOPS = frozenset({"for_statement", "while_statement"})
_ROWS = Leaving(
    raises=frozenset({"raise_statement"}),
    leaves=frozenset({"return_statement", "break_statement", "continue_statement"}),
    branches=frozenset({"if_statement", "elif_clause"}),
    sequences=frozenset({"block", "else_clause", "with_statement", "finally_clause"}),
    loose=_LOOPS | {"try_statement", "match_statement"},
    functions=frozenset({"function_definition", "lambda", "class_definition"}),
    bindings={"assignment": ("left", "right"), "named_expression": ("name", "value")},
    calls={"call": ("function", "arguments")},
    exits=frozenset({"exit", "quit", "_exit", "fail", "reraise", "raise_from", "skip", "xfail"}),
    passes=frozenset({"errback", "set_exception"}),
    words=frozenset({"string_content", "integer"}),
    identifiers=frozenset({"identifier"}),
    loops=_LOOPS,
)
_RUNS = frozenset(
    {"map", "filter", "run_in_executor", "to_thread", "run_sync", "retry", "run_in_transaction", "with_retry"}
)


def _around(node: Node) -> Handling | None:
    return _suppressed(node) if node.type == "with_statement" else _caught(node)


def _suppressed(node: Node) -> Handling | None:
    calls = [item.child_by_field_name("value") for clause in node.named_children[:1] for item in clause.named_children]
    for call in calls:
        arguments = call.child_by_field_name("arguments") if call is not None and call.type == "call" else None
        classes = [folded(argument, 200) for argument in arguments.named_children] if arguments is not None else []
        broad, fine = _sorted(classes)
        if broad:
            return Handling("ignored")
        if fine:
            return Handling("filtered", fine)
    return None


def _caught(node: Node) -> Handling | None:
    """The clauses in order: what those for some classes do, and what the first that takes every failure does."""
    some: list[tuple[Outcome, tuple[str, ...]]] = []
    rest: Outcome | None = None
    for clause in (child for child in node.named_children if child.type == "except_clause"):
        broad, fine = _sorted(_classes(clause))
        outcome = Reader(_ROWS, _names(clause)).follow(c for c in clause.named_children if c.type == "block")
        outcome = settled(outcome, node, _ROWS)
        if broad:
            rest = outcome
            break
        if fine:
            some.append((outcome, fine))
    if rest is None and not some:
        return None
    return together(some, rest)


def _classes(clause: Node) -> list[str]:
    """What a clause catches, as written; [""] where it catches all."""
    value = clause.child_by_field_name("value")
    if value is not None and value.type == "as_pattern":
        value = value.named_children[0]
    if value is None:
        return [""]
    return [folded(child, 200) for child in (value.named_children if value.type == "tuple" else [value])]


def _names(clause: Node) -> tuple[str, ...]:
    value = clause.child_by_field_name("value")
    alias = value.child_by_field_name("alias") if value is not None else None
    return (text_of(alias),) if alias is not None else ()


def _sorted(classes: list[str]) -> tuple[bool, tuple[str, ...]]:
    """Whether one of the classes takes every failure of a statement, and the names of those that take some."""
    last = [name.rpartition(".")[2] for name in classes]
    return any(name in _BROAD or not name for name in last), tuple(name for name in last if _FINE.search(name))


FAILURES = Failures(lambda _call, _dropped: None, _around, _RUNS)
