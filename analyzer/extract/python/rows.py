"""Which class a Python file makes of the rows of a query.

What comes in: a file's Scope. What goes out: Rows by the call that runs the query. Only what is sure is said: `User(*row)`, `User(**row)`,
`User._make(row)`, `User.model_validate(row)`, where the row comes from that call by names bound in the same function, and psycopg's
row factories (https://www.psycopg.org/psycopg3/docs/advanced/rows.html). This module does not know which classes exist.
"""

from collections.abc import Iterator, Mapping
from functools import lru_cache
from typing import Literal

from msgspec.structs import replace
from tree_sitter import Node

from analyzer.extract.languages import matches
from analyzer.extract.python.reads import results, taken
from analyzer.extract.python.strings import is_plain, literal
from analyzer.extract.python.types import host_type, unwrapped_type
from analyzer.extract.scope import Scope
from analyzer.extract.texts import folded, text_of
from analyzer.facts.model import Field, HostType
from analyzer.facts.query import Row
from analyzer.facts.source import Span

_By = Literal["name", "position"]
_SPLATS: dict[str, _By] = {"list_splat": "position", "dictionary_splat": "name"}
_MAKERS: dict[str, _By] = {"_make": "position", "model_validate": "name", "parse_obj": "name"}
_FACTORIES: dict[str, _By] = {"class_row": "name", "kwargs_row": "name", "args_row": "position"}
_LISTS = frozenset({"list", "List", "Sequence", "Iterable", "Iterator", "Collection"})
_NO_ROWS = frozenset({"Any", "Row", "Record", "RowMapping", "Mapping", "Dict", "Optional", "Union", "Cursor"})


@lru_cache(maxsize=1)
def rows(scope: Scope) -> Mapping[Span, Row]:
    """Rows by the span of the call that runs the query; asked once a site, so the last file's answer is kept."""
    known = results(scope)
    found: dict[Span, Row] = {}
    for row, value in (*_made_rows(scope), *_promised(scope)):
        origin = known.of(value)
        if origin is not None and (row.model is not None or origin.shape != "any"):
            found.setdefault(origin.call, row)
    for call, what in taken(scope).items():
        arity, own = what.arity, found.get(call)
        if what.fields or arity is not None:
            found[call] = replace(
                own if own is not None else Row(call, "name"),
                reads=what.fields,
                arity=arity[0] if arity is not None else None,
                arity_span=arity[1] if arity is not None else None,
            )
    return found


def _made_rows(scope: Scope) -> Iterator[tuple[Row, Node]]:
    for captures in scope.structure.call_captures:
        callee, arguments = captures["call.callee"][0], captures.get("call.arguments", [None])[0]
        made = _made(scope, callee, arguments)
        if made is None and arguments is not None:
            made = _constructed(scope, callee, arguments)
        if made is not None:
            yield made


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


def _constructed(scope: Scope, callee: Node, arguments: Node) -> tuple[Row, Node] | None:
    """`User(row["id"], name=row[1])`: which column each field of a class takes, and the row, where all are of one row."""
    fields, row = [], None
    for place, argument in enumerate(arguments.named_children):
        value = argument.child_by_field_name("value") if argument.type == "keyword_argument" else argument
        key = argument.child_by_field_name("name")
        if argument.type in _SPLATS:
            return None
        column = _column(value, scope) if value is not None else None
        if value is None or column is None:
            continue
        target = value.child_by_field_name("value")
        if target is None or (row is not None and folded(target) != folded(row)):
            return None
        row = target
        field = text_of(key) if key is not None else str(place)
        fields.append(Field(scope.structure.span(value), field, column, HostType("")))
    name = _class(scope, callee) if row is not None else ""
    if row is None or not name:
        return None
    return Row(scope.structure.span(callee), "index", model=name, fields=tuple(fields), strict=False), row


def _column(node: Node, scope: Scope) -> str | None:
    """The name or number of `row["id"]`, `row[0]`."""
    keys = node.children_by_field_name("subscript") if node.type == "subscript" else []
    if len(keys) != 1 or keys[0].type not in ("string", "integer"):
        return None
    if keys[0].type == "integer":
        return text_of(keys[0]) if text_of(keys[0]).isdigit() else None
    return literal(keys[0], scope.structure.source).value if is_plain(keys[0]) else None


def _class(scope: Scope, callee: Node) -> str:
    """The class that a call makes an object of, "" where it is none."""
    name = folded(callee)
    if name == "cls":
        name = scope.structure.owners.innermost(callee.start_byte) or name
    return name if name.rpartition(".")[2].lstrip("_")[:1].isupper() else ""


def _promised(scope: Scope) -> Iterator[tuple[Row, Node]]:
    """`row: User = cursor.fetchone()` and `cast(tuple[str, int], cursor.fetchone())`."""
    for captures, _ in matches("python", "reads", scope.structure.root):
        if "annotated.type" in captures:
            row = _typed(scope, captures["annotated.type"][0])
            if row is not None:
                yield row, captures["annotated.row"][0]
    for captures in scope.structure.call_captures:
        arguments = captures.get("call.arguments", [None])[0]
        given = arguments.named_children if arguments is not None else []
        if len(given) == 2 and folded(captures["call.callee"][0]).rpartition(".")[2] == "cast":
            row = _typed(scope, given[0])
            if row is not None:
                yield row, given[1]


def _typed(scope: Scope, type_: Node) -> Row | None:
    """The row of a type: a class, a tuple of known length, or a list of either."""
    node, span = type_, scope.structure.span(type_)
    while True:
        written, name = unwrapped_type(node)
        if written is None:
            return None
        if name in _LISTS and len(written) == 1:
            node = written[0]
            continue
        if name in ("tuple", "Tuple"):
            if not written or text_of(written[-1]) == "...":
                return None
            places = [Field(span, f"[{place}]", str(place), host_type(inner)) for place, inner in enumerate(written)]
            return Row(span, "position", fields=tuple(places), strict=False)
        plain = not written and name[:1].isupper() and name not in _NO_ROWS
        return Row(span, "name", model=name, strict=False) if plain else None
