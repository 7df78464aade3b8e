"""How JavaScript catches failures: `try`, `.catch`, the callback that is told of them.

What comes in: nodes. What goes out: Handlings. Source of the callback's shape: Node.js, "Error-first callbacks". This module does not know drivers.
"""

from tree_sitter import Node

from analyzer.extract.fates import Failures
from analyzer.extract.handlers import Reader, settled
from analyzer.extract.outcomes import STOPS, Handling, Leaving, Outcome
from analyzer.extract.texts import folded, text_of

_FUNCTIONS = frozenset({"arrow_function", "function_expression"})
_ERRORS = frozenset({"err", "error", "e", "er", "ex", "_err", "_error"})
_LOOPS = frozenset({"for_statement", "for_in_statement", "while_statement", "do_statement"})
_ROWS = Leaving(
    raises=frozenset({"throw_statement"}),
    leaves=frozenset({"return_statement", "break_statement", "continue_statement"}),
    branches=frozenset({"if_statement"}),
    sequences=frozenset({"statement_block", "else_clause", "finally_clause"}),
    loose=_LOOPS | {"try_statement"},
    functions=_FUNCTIONS | {"function_declaration", "class_declaration", "method_definition"},
    bindings={"variable_declarator": ("name", "value")},
    calls={"call_expression": ("function", "arguments")},
    exits=frozenset({"exit", "reject", "rejects", "fail", "_exit", "exitWithError"}),
    passes=frozenset({"next", "callback", "cb", "done", "_callback", "fn", "onError"}),
    words=frozenset({"string_fragment", "regex_pattern", "number"}),
    identifiers=frozenset({"identifier", "shorthand_property_identifier"}),
    choices=frozenset({"switch_statement"}),
    arms=frozenset({"switch_case", "switch_default"}),
    loops=_LOOPS,
)
_RUNS = frozenset({
    "then", "catch", "finally", "map", "forEach", "flatMap", "filter", "reduce", "some", "every", "find", "serialize", "parallelize",
    "transaction", "$transaction", "withTransaction", "runInTransaction", "inTransaction", "begin", "savepoint", "Promise", "retry",
    "immediate", "exclusive",
})  # fmt: skip


def _own(call: Node, _dropped: bool) -> Handling | None:
    """What the callback does that a call is given to be told of failure."""
    arguments = call.child_by_field_name("arguments")
    last = arguments.named_children[-1] if arguments is not None and arguments.named_children else None
    if last is None or last.type not in _FUNCTIONS:
        return None
    names = _names(_parameter(last))
    return _read(last, names).handling() if names and names[0] in _ERRORS else None


def _around(node: Node) -> Handling | None:
    if node.type == "try_statement":
        return _caught(node)
    called = node.child_by_field_name("function")
    method = folded(called, 200).rpartition(".")[2] if called is not None else ""
    if method == "allSettled":
        return Handling("ignored")
    arguments = node.child_by_field_name("arguments")
    given = [a for a in arguments.named_children if a.type != "comment"] if arguments is not None else []
    handler = given[-1] if given else None
    if handler is None or handler.type not in _FUNCTIONS:
        # A function by name does what nobody sees here; those of the console only print.
        printed = handler is not None and folded(handler, 80).startswith(("console.", "logger.", "log."))
        return Handling("ignored") if printed else STOPS
    return _read(handler, _names(_parameter(handler))).handling()


def _caught(node: Node) -> Handling | None:
    handler = node.child_by_field_name("handler")
    body = handler.child_by_field_name("body") if handler is not None else None
    if handler is None or body is None:
        return None
    outcome = Reader(_ROWS, _names(handler.child_by_field_name("parameter"))).one(body)
    return settled(outcome, node, _ROWS).handling()


def _read(function: Node, names: tuple[str, ...]) -> Outcome:
    body = function.child_by_field_name("body")
    return Reader(_ROWS, names).one(body if body is not None else function)


def _parameter(function: Node) -> Node | None:
    """The first parameter."""
    alone = function.child_by_field_name("parameter")
    many = function.child_by_field_name("parameters")
    return alone if alone is not None else next(iter(many.named_children), None) if many is not None else None


def _names(pattern: Node | None) -> tuple[str, ...]:
    """The names a parameter binds, types left out."""
    found = []
    stack = [pattern] if pattern is not None else []
    while stack:
        node = stack.pop()
        if node.type in ("identifier", "shorthand_property_identifier_pattern"):
            found.append(text_of(node))
        inner = node.child_by_field_name("pattern")
        stack.extend([inner] if inner is not None else reversed(node.named_children))
    return tuple(found)


FAILURES = Failures(_own, _around, _RUNS)
