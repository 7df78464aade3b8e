"""What Python code takes from the rows of a call: columns by name and by number, and the names a row is taken apart into.

What comes in: a file's Scope. What goes out: what is taken, by the call. What is written to a row first, or asked for with a default, is not
counted. Sources: `sqlite3.Row`, psycopg's row factories, `asyncpg.Record`, SQLAlchemy's `Row`. This module does not know columns.
"""

import re
from collections.abc import Mapping
from functools import lru_cache

from tree_sitter import Node

from analyzer.extract.languages import Captures, matches
from analyzer.extract.python.results import Origin, Results, counted
from analyzer.extract.python.strings import is_plain, literal
from analyzer.extract.scope import Scope
from analyzer.extract.texts import folded, text_of
from analyzer.facts.model import Field, HostType
from analyzer.facts.source import Span

_NAMED = frozenset({"sqlalchemy", "sqlmodel"})
_ROW = frozenset({"keys", "values", "items", "get", "count", "index", "tuple", "pop", "copy", "update", "t"})
_NO_NAMES = frozenset({"comment", "line_continuation"})
_LOOKS = frozenset(
    {
        "print",
        "pprint",
        "append",
        "extend",
        "add",
        "put",
        "put_nowait",
        "send",
        "info",
        "debug",
        "warning",
        "error",
        "exception",
        "len",
        "yield",
    }
)
_MISSES = re.compile(r"except[^:]*\b(?:KeyError|IndexError|LookupError|AttributeError|NoSuchColumnError)")
_CHANGES = frozenset({"update", "setdefault", "pop", "append", "insert", "extend", "clear"})
# Row factories that give names and numbers as they are; what any other makes of a row is its own business.
_FACTORIES = ("Row", "dict_row", "namedtuple_row", "tuple_row", "None", "DictCursor", "NamedTupleCursor")


class Taken:
    """What is taken from the rows of one call."""

    def __init__(self) -> None:
        self.reads: dict[Span, Field] = {}
        self.apart: dict[Span, int] = {}
        self.changed: set[str] = set()
        self.lost = False

    @property
    def fields(self) -> tuple[Field, ...]:
        if self.lost:
            return ()
        return tuple(self.reads[span] for span in sorted(self.reads) if self.reads[span].column not in self.changed)

    @property
    def arity(self) -> tuple[int, Span] | None:
        """The number of names, where all places agree on it, and the first of them."""
        counts = set(self.apart.values())
        return (counts.pop(), min(self.apart)) if len(counts) == 1 and not self.lost else None


@lru_cache(maxsize=1)
def results(scope: Scope) -> Results:
    """Asked for several purposes, so the last file's answers are kept."""
    return Results(scope)


@lru_cache(maxsize=1)
def taken(scope: Scope) -> Mapping[Span, Taken]:
    """What is taken from rows, by the span of the call that runs the query."""
    found: dict[Span, Taken] = {}
    if _has_own_rows(scope):
        return found
    reader = _Reader(scope, found)
    for captures, _ in matches("python", "reads", scope.structure.root):
        reader.read(captures)
    return found


class _Reader:
    """Sorts what a file takes by the call it is taken from."""

    def __init__(self, scope: Scope, found: dict[Span, Taken]) -> None:
        self._scope = scope
        self._found = found
        self._results = results(scope)
        self._by_attribute = any(module.partition(".")[0] in _NAMED for module in scope.structure.modules)

    def read(self, captures: Captures) -> None:
        match captures:
            case {"read": [node], "read.row": [row], "read.key": [key]}:
                self._subscript(node, row, key)
            case {"get.row": [row], "get.key": [key], "_get": [name]} if text_of(name) in ("get", "pop"):
                self._key(row, key, default=True)
            case {"lost": [node], "lost.row": [row]}:
                self._lose(node, row, captures)
            case {"given.row": [row], "_to": [to]}:
                # What is done for nothing but its effect may be done to the row.
                if folded(to).rpartition(".")[2] not in _LOOKS:
                    self._forget(row)
            case {"attribute": [node], "attribute.row": [row], "attribute.key": [key]} if self._by_attribute:
                self._attribute(node, row, key)
            case {"asked.row": [row], "asked.key": [key]}:
                taken = self._row(row)
                if taken is not None and is_plain(key):
                    taken.changed.add(literal(key, self._scope.structure.source).value)
            case {"apart": [pattern], "apart.row": [row]}:
                self._apart(pattern, self._results.of(row))
            case {"apart": [pattern], "apart.rows": [rows]}:
                self._each_apart(pattern, rows)

    def _row(self, node: Node) -> Taken | None:
        return self._of(self._results.of(node))

    def _of(self, origin: Origin | None) -> Taken | None:
        return self._found.setdefault(origin.call, Taken()) if origin is not None and origin.shape == "row" else None

    def _subscript(self, node: Node, row: Node, key: Node) -> None:
        outer = node.parent
        if outer is not None and outer.type in ("assignment", "augmented_assignment", "delete_statement"):
            left = outer.child_by_field_name("left")
            if left == node or outer.type == "delete_statement":
                taken = self._row(row)
                if taken is not None and is_plain(key):
                    taken.changed.add(literal(key, self._scope.structure.source).value)
                return
        self._key(row, key, default=False)

    def _key(self, row: Node, key: Node, *, default: bool) -> None:
        if key.type == "string" and not is_plain(key):
            return
        taken = self._row(row)
        if taken is None:
            return
        name = text_of(key) if key.type == "integer" else literal(key, self._scope.structure.source).value
        if name and (key.type == "string") != name.isdigit():
            self._add(taken, key, name, default=default or _is_tried(key))

    def _add(self, taken: Taken, node: Node, name: str, *, default: bool) -> None:
        span = self._scope.structure.span(node)
        taken.reads[span] = Field(span, name, name, HostType(""), default=default)

    def _attribute(self, node: Node, row: Node, key: Node) -> None:
        name, outer = text_of(key), node.parent
        if (
            name.startswith("_")
            or name in _ROW
            or (outer is not None and outer.child_by_field_name("function") == node)
        ):
            return
        taken = self._row(row)
        if taken is not None:
            self._add(taken, key, name, default=_is_tried(key))

    def _lose(self, node: Node, row: Node, captures: Captures) -> None:
        """What a row is changed by: `row.update(..)`, `row |= ..`, `row[name] = ..`."""
        outer = node.parent
        if "_method" in captures:
            loses = text_of(captures["_method"][0]) in _CHANGES
        elif "_key" in captures:
            written = outer is not None and outer.type == "assignment" and outer.child_by_field_name("left") == node
            loses = written and captures["_key"][0].type != "string"
        else:
            loses = True
        if loses:
            self._forget(row)

    def _forget(self, row: Node) -> None:
        origin = self._results.of(row)
        if origin is not None and origin.shape in ("row", "rows"):
            self._found.setdefault(origin.call, Taken()).lost = True

    def _each_apart(self, pattern: Node, rows: Node) -> None:
        inner = counted(rows)
        if inner is None:
            self._apart(pattern, self._results.element(rows))
        elif len(pattern.named_children) == 2:
            self._apart(pattern.named_children[1], self._results.element(inner))

    def _apart(self, pattern: Node, origin: Origin | None) -> None:
        names = [child for child in pattern.named_children if child.type not in _NO_NAMES]
        if pattern.type not in ("pattern_list", "tuple_pattern") or origin is None or origin.shape != "row":
            return
        if all(name.type != "list_splat_pattern" for name in names):
            self._found.setdefault(origin.call, Taken()).apart[self._scope.structure.span(pattern)] = len(names)


def _is_tried(node: Node) -> bool:
    """Whether the code says what happens where there is no such column."""
    outer = node.parent
    while outer is not None and outer.type not in ("function_definition", "module"):
        if outer.type == "try_statement":
            clauses = [child for child in outer.named_children if child.type == "except_clause"]
            if any(_MISSES.search(text_of(clause)[:120]) for clause in clauses):
                return True
        outer = outer.parent
    return False


def _has_own_rows(scope: Scope) -> bool:
    """Whether the file makes rows of a kind of its own: `connection.row_factory = to_dict`."""
    for captures in scope.structure.call_captures:
        for argument in (node for given in captures.get("call.arguments", ()) for node in given.named_children):
            key, value = argument.child_by_field_name("name"), argument.child_by_field_name("value")
            if key is not None and value is not None and text_of(key) == "row_factory" and not _is_plain_factory(value):
                return True
    return any(
        not _is_plain_factory(binding.value)
        for name, bindings in scope.structure.bindings.items()
        if name.endswith(".row_factory")
        for binding in bindings
        if binding.value is not None
    )


def _is_plain_factory(node: Node) -> bool:
    name = folded(node, 200)
    return name.rpartition(".")[2] in _FACTORIES or name.partition("(")[0].endswith(
        ("class_row", "args_row", "kwargs_row")
    )
