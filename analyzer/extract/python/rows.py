"""Which class a Python file makes of the rows of a query.

What comes in: a file's Scope. What goes out: Rows by the call that runs the query. Only what is sure is said: `User(*row)`, `User(**row)`,
`User._make(row)`, `User.model_validate(row)`, where the row comes from that call by names bound in the same function, and psycopg's
row factories (https://www.psycopg.org/psycopg3/docs/advanced/rows.html). This module does not know which classes exist.
"""

from collections.abc import Mapping
from functools import lru_cache
from typing import Literal

from tree_sitter import Node

from analyzer.extract.scope import Scope
from analyzer.extract.texts import folded, text_of
from analyzer.facts.query import Row
from analyzer.facts.source import Span

_By = Literal["name", "position"]
_FETCHES = frozenset(
    {"fetchone", "fetchall", "fetchmany", "mappings", "first", "one", "one_or_none", "all", "fetchval", "__aiter__"}
)
_RUNS = ("execute", "callproc")
_SPLATS: dict[str, _By] = {"list_splat": "position", "dictionary_splat": "name"}
_MAKERS: dict[str, _By] = {"_make": "position", "model_validate": "name", "parse_obj": "name"}
_FACTORIES: dict[str, _By] = {"class_row": "name", "kwargs_row": "name", "args_row": "position"}
_DEPTH = 12


@lru_cache(maxsize=1)
def rows(scope: Scope) -> Mapping[Span, Row]:
    """Rows by the span of the call that runs the query; asked once a site, so the last file's answer is kept."""
    runs = _runs(scope)
    found: dict[Span, Row] = {}
    for captures in scope.structure.call_captures:
        made = _made(scope, captures["call.callee"][0], captures.get("call.arguments", [None])[0])
        if made is None:
            continue
        row, value = made
        call = _source(scope, value, runs)
        if call is not None:
            found.setdefault(call, row)
    return found


def factory_row(scope: Scope, handle: Node) -> Row | None:
    """The row of a cursor made with `row_factory=class_row(User)`."""
    node = scope.unwrapped(handle)
    if node.type == "identifier":
        bindings = scope.meaning(text_of(node), node.start_byte).bindings
        value = bindings[-1].value if bindings else None
        node = scope.unwrapped(value) if value is not None else node
    arguments = node.child_by_field_name("arguments") if node.type == "call" else None
    for child in arguments.named_children if arguments is not None else ():
        key, value = child.child_by_field_name("name"), child.child_by_field_name("value")
        if key is None or value is None or text_of(key) != "row_factory" or value.type != "call":
            continue
        function, inner = value.child_by_field_name("function"), value.child_by_field_name("arguments")
        by = _FACTORIES.get(folded(function).rpartition(".")[2]) if function is not None else None
        if by is not None and inner is not None and len(inner.named_children) == 1:
            model = inner.named_children[0]
            return Row(scope.structure.span(model), by, model=folded(model))
    return None


def _made(scope: Scope, callee: Node, arguments: Node | None) -> tuple[Row, Node] | None:
    """The row that a call makes an object of, and the object's class: the call takes nothing else."""
    if arguments is None or len(arguments.named_children) != 1:
        return None
    value = arguments.named_children[0]
    head, _, last = folded(callee).rpartition(".")
    if value.type in _SPLATS:
        name, by = folded(callee), _SPLATS[value.type]
        inner = value.named_children[0] if value.named_children else value
    elif last in _MAKERS:
        name, by, inner = head, _MAKERS[last], value
    else:
        return None
    if name == "cls":
        name = scope.structure.owners.innermost(callee.start_byte) or name
    if not name.rpartition(".")[2][:1].isupper():
        return None
    return Row(scope.structure.span(callee), by, model=name), inner


def _runs(scope: Scope) -> Mapping[str, list[Node]]:
    """Calls that run a statement, by the text of what they are called on, in order."""
    found: dict[str, list[Node]] = {}
    for captures in scope.structure.call_captures:
        handle, _, method = folded(captures["call.callee"][0]).rpartition(".")
        if method in _RUNS:
            found.setdefault(handle, []).append(captures["call"][0])
    return found


def _source(scope: Scope, node: Node, runs: Mapping[str, list[Node]], depth: int = 0) -> Span | None:
    """The call whose result an expression is a row, or all rows, of."""
    node = scope.unwrapped(node)
    if depth > _DEPTH:
        return None
    if node.type == "call":
        return _call_source(scope, node, runs, depth)
    if node.type == "attribute":
        target, name = node.child_by_field_name("object"), node.child_by_field_name("attribute")
        known = target is not None and name is not None and text_of(name) == "_mapping"
        return _source(scope, target, runs, depth + 1) if known and target is not None else None
    if node.type != "identifier":
        return None
    meaning = scope.meaning(text_of(node), node.start_byte)
    if meaning.loop is not None:
        over = meaning.loop.over
        single = len(meaning.loop.loop.variables) == 1 and over is not None
        return _fetched(scope, over, runs, depth) if single and over is not None else None
    plain = [entry for entry in meaning.bindings if not entry.mutation and entry.start < node.start_byte]
    if meaning.module or not plain or plain[-1].destructured or plain[-1].value is None:
        return None
    return _source(scope, plain[-1].value, runs, depth + 1)


def _call_source(scope: Scope, node: Node, runs: Mapping[str, list[Node]], depth: int) -> Span | None:
    function, arguments = node.child_by_field_name("function"), node.child_by_field_name("arguments")
    if function is None:
        return None
    if function.type == "attribute":
        target, name = function.child_by_field_name("object"), function.child_by_field_name("attribute")
        if target is not None and name is not None and text_of(name) in _FETCHES:
            return _fetched(scope, target, runs, depth)
    elif text_of(function) in ("dict", "list") and arguments is not None and len(arguments.named_children) == 1:
        return _source(scope, arguments.named_children[0], runs, depth + 1)
    return scope.structure.span(node)


def _fetched(scope: Scope, handle: Node, runs: Mapping[str, list[Node]], depth: int) -> Span | None:
    """What a cursor ran last before it was read, where that surely ran; else the call the handle is the result of."""
    function = scope.structure.function_at(handle.start_byte)
    ran = next(
        (
            call
            for call in reversed(runs.get(folded(handle), []))
            if call.start_byte < handle.start_byte and scope.structure.function_at(call.start_byte) == function
        ),
        None,
    )
    if ran is None:
        return _source(scope, handle, runs, depth + 1)
    block: Node | None = ran
    while block is not None and block.type not in scope.syntax.blocks:
        block = block.parent
    sure = block is None or block.start_byte <= handle.start_byte < block.end_byte
    return scope.structure.span(ran) if sure else None
