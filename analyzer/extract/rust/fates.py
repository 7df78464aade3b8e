"""How Rust treats failures: they are values, so the expression around a call says what becomes of its own.

What comes in: a call. What goes out: a Handling, found by going outwards from it: through `.await` and methods that keep the Result, to `?`,
`unwrap`, `ok`, a `match`, an `if let`, or the end of the statement. Source of the methods: the documentation of `std::result::Result`. This
module does not know types: a statement that drops the value of any call but a query's need not drop a failure.
"""

from tree_sitter import Node

from analyzer.extract.fates import Failures, runs_at_once
from analyzer.extract.handlers import Reader
from analyzer.extract.outcomes import STOPS, Handling, Leaving, Outcome, together
from analyzer.extract.texts import folded, text_of

_IGNORED = Handling("ignored")
_FUNCTIONS = frozenset({"closure_expression", "async_block", "function_item"})
_ROWS = Leaving(
    raises=frozenset(),
    leaves=frozenset({"return_expression", "break_expression", "continue_expression"}),
    branches=frozenset({"if_expression"}),
    sequences=frozenset({"block", "else_clause", "unsafe_block"}),
    loose=frozenset({"for_expression", "while_expression", "loop_expression"}),
    functions=_FUNCTIONS,
    bindings={"let_declaration": ("pattern", "value")},
    calls={"call_expression": ("function", "arguments")},
    exits=frozenset(
        {"exit", "panic", "bail", "unreachable", "todo", "unimplemented", "ensure", "resume_unwind", "rejected"}
    ),
    passes=frozenset(),
    words=frozenset({"string_content", "integer_literal"}),
    identifiers=frozenset({"identifier"}),
    choices=frozenset({"match_expression"}),
    arms=frozenset({"match_arm"}),
    failure="Err",
    mends=frozenset({"try_expression"}),
)
_RUNS = frozenset({
    "then", "map", "and_then", "filter_map", "for_each", "try_for_each", "transaction", "pin", "block_on", "interact", "call",
    "block_in_place", "spawn_blocking", "with_connection", "with_conn", "retry", "timeout", "or_else",
})  # fmt: skip
# What stands for its argument or its content.
_PLAIN = frozenset(
    {
        "await_expression",
        "parenthesized_expression",
        "reference_expression",
        "unsafe_block",
        "generic_function",
        "else_clause",
    }
)
_RAISES_NONE = frozenset({"ok_or", "ok_or_else", "context", "with_context", "expect", "unwrap"})
_STEPS = 80
# How far behind its binding a result is looked for.
_STATEMENTS = 12


def _own(call: Node, dropped: bool) -> Handling | None:
    """What becomes of the failure of a call; `dropped` says that a statement which drops its value drops a failure."""
    at: Node | None = call
    for _ in range(_STEPS):
        outer = at.parent if at is not None else None
        if at is None or outer is None:
            return STOPS
        found = _step(at, outer, dropped)
        if isinstance(found, Handling):
            return found
        at = found
    return STOPS


def _step(at: Node, outer: Node, dropped: bool) -> Node | Handling | None:
    """What decides, or the wider expression that the failure is in."""
    match outer.type:
        case kind if kind in _PLAIN:
            return outer
        case "field_expression":
            return _method(outer)
        case "try_expression" | "return_expression":
            return _leaving(outer)
        case "closure_expression" | "async_block":
            return outer if runs_at_once(outer, _RUNS) else STOPS
        case "arguments":
            return _argument(outer)
        case "let_declaration":
            return _bound(at, outer, dropped)
        case "let_condition":
            return _if_let(outer)
        case "match_expression" if outer.child_by_field_name("value") == at:
            return _match(outer)
        case "match_arm":
            return outer.parent.parent if outer.parent is not None else None
        case "if_expression" if outer.child_by_field_name("condition") != at:
            return outer
        case "assignment_expression":
            left = outer.child_by_field_name("left")
            return _IGNORED if left is not None and text_of(left) == "_" else STOPS
        case "expression_statement":
            end = outer.children[-1]
            if end.type != ";" or end.is_missing:
                return outer
            is_call = at.type in ("call_expression", "await_expression", "macro_invocation")
            return _IGNORED if dropped and is_call else STOPS
        case "block" if outer.named_children and outer.named_children[-1] == at:
            return outer
        case _:
            return STOPS


def _method(access: Node) -> Node | Handling | None:
    """`.map_err(..)` keeps the Result, `.ok()` does not."""
    field = access.child_by_field_name("field")
    name = text_of(field) if field is not None else ""
    call = access.parent
    if call is not None and call.type == "generic_function":
        call = call.parent
    if call is None or call.type != "call_expression":
        return access
    match name:
        case "unwrap" | "expect" | "unwrap_err" | "expect_err":
            return STOPS
        case "unwrap_or" | "unwrap_or_default":
            return _IGNORED
        case "ok":
            behind = call.parent
            after = (
                behind.child_by_field_name("field")
                if behind is not None and behind.type == "field_expression"
                else None
            )
            return call if after is not None and text_of(after) in _RAISES_NONE else _IGNORED
        case "unwrap_or_else" | "or_else":
            found = _closure(call)
            if found is None:
                return _IGNORED if name == "unwrap_or_else" else call
            return call if name == "or_else" and found.fate == "stops" else found
        case "is_err" | "is_ok":
            return _tested(call, name == "is_err")
        case _:
            return call


def _closure(call: Node) -> Handling | None:
    arguments = call.child_by_field_name("arguments")
    closure = arguments.named_children[0] if arguments is not None and arguments.named_children else None
    if closure is None or closure.type != "closure_expression":
        return None
    parameters, body = closure.child_by_field_name("parameters"), closure.child_by_field_name("body")
    return Reader(_ROWS, _names(parameters)).one(body).handling() if body is not None else None


def _tested(call: Node, failed: bool) -> Handling:
    """`if query.is_err() { .. }`; elsewhere the answer goes on as a value."""
    outer = call.parent
    if outer is None or outer.type != "if_expression" or outer.child_by_field_name("condition") != call:
        return STOPS
    return _branch(outer, "consequence" if failed else "alternative", ())


def _leaving(node: Node) -> Node | Handling | None:
    """`?` ends the function, closure or async block it is in."""
    outer = node.parent
    for _ in range(_STEPS):
        if outer is None or outer.type in _FUNCTIONS:
            break
        outer = outer.parent
    if outer is None or outer.type not in ("closure_expression", "async_block") or not runs_at_once(outer, _RUNS):
        return STOPS
    return outer


def _argument(arguments: Node) -> Node | Handling | None:
    call = arguments.parent
    callee = call.child_by_field_name("function") if call is not None else None
    name = folded(callee, 200).rpartition("::")[2].rpartition(".")[2] if callee is not None else ""
    if name == "drop":
        return _IGNORED
    return call if name in _RUNS or name == "Ok" else STOPS


def _bound(at: Node, binding: Node, dropped: bool) -> Node | Handling | None:
    """`let _ = ..` forgets it, `let .. else` handles it, `let result = ..` keeps it for the next statements to ask."""
    alternative = binding.child_by_field_name("alternative")
    pattern = binding.child_by_field_name("pattern")
    if alternative is not None:
        return STOPS if at == alternative else Reader(_ROWS, ()).one(alternative).handling()
    name = text_of(pattern) if pattern is not None else ""
    if name == "_" or (dropped and name.startswith("_")):
        return _IGNORED
    after = binding.next_named_sibling
    for _ in range(_STATEMENTS):
        use = _use(after, name) if after is not None and name.isidentifier() else None
        if after is None:
            break
        if use is not None:
            return use
        after = after.next_named_sibling
    return STOPS


def _use(statement: Node, name: str) -> Node | None:
    """The name where a `match` or an `if let` asks it."""
    inner = statement.named_children[0] if statement.type == "expression_statement" else statement
    if inner.type == "if_expression":
        condition = inner.child_by_field_name("condition")
        inner = condition if condition is not None and condition.type == "let_condition" else inner
    value = inner.child_by_field_name("value") if inner.type in ("match_expression", "let_condition") else None
    return value if value is not None and text_of(value) == name else None


def _if_let(condition: Node) -> Handling:
    outer = condition.parent
    while outer is not None and outer.type in ("let_chain", "parenthesized_expression"):
        outer = outer.parent
    pattern = condition.child_by_field_name("pattern")
    if outer is None or outer.type != "if_expression" or pattern is None:
        return STOPS
    failed = text_of(pattern).startswith("Err")
    return _branch(outer, "consequence" if failed else "alternative", _names(pattern) if failed else ())


def _branch(node: Node, field: str, names: tuple[str, ...]) -> Handling:
    body = node.child_by_field_name(field)
    return _IGNORED if body is None else Reader(_ROWS, names).one(body).handling()


def _match(node: Node) -> Handling:
    body = node.child_by_field_name("body")
    some: list[tuple[Outcome, tuple[str, ...]]] = []
    for arm in body.named_children if body is not None else ():
        pattern, value = arm.child_by_field_name("pattern"), arm.child_by_field_name("value")
        if pattern is None or value is None or not _catches(pattern):
            continue
        reader = Reader(_ROWS, _names(pattern))
        told = tuple(_told(pattern, reader))
        if not told:
            return together(some, reader.one(value))
        some.append((reader.one(value), told))
    return together(some, None)


def _catches(pattern: Node) -> bool:
    text = text_of(pattern)
    return text.startswith(("Err", "_")) or "|Err" in text.replace(" ", "") or text.isidentifier()


def _told(pattern: Node, reader: Reader) -> list[str]:
    """The words of a guard, or of a pattern that takes some failures only."""
    guard = pattern.child_by_field_name("condition")
    if guard is not None:
        return [*reader.words(guard)] or ["if"]
    inside = text_of(pattern).partition("(")[2].rpartition(")")[0].strip()
    plain = inside.removeprefix("ref ").removeprefix("mut ")
    return [] if not inside or plain.isidentifier() else [inside.rpartition("::")[2].partition("(")[0]]


def _names(pattern: Node | None) -> tuple[str, ...]:
    """Names a pattern binds: those in lower case."""
    found = []
    stack = [pattern] if pattern is not None else []
    while stack:
        node = stack.pop()
        if node.type in ("identifier", "shorthand_field_identifier") and text_of(node)[:1].islower():
            found.append(text_of(node))
        guard = node.child_by_field_name("condition")
        stack.extend(child for child in node.named_children if child != guard)
    return tuple(found)


FAILURES = Failures(_own, lambda _: None, _RUNS)
