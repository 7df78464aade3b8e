"""Which query a value of Rust is a row of.

What comes in: an expression. What goes out: the call that makes the query, and what the value is of it: the query itself, a prepared statement, its
rows, one row. Sources: docs.rs of sqlx (`Query`, `Executor`), rusqlite (`Statement`, `Rows`), tokio-postgres (`Client`), `Option`, `Result`,
`Iterator` and `Vec` of std. Layers of Option and Result are not told apart. This module does not know SQL.
"""

from collections.abc import Mapping
from typing import Literal

from msgspec import Struct
from tree_sitter import Node

from analyzer.extract.rust.lexical import Binder, binder, parameters_of
from analyzer.extract.texts import folded, text_of

Shape = Literal["query", "statement", "many", "pairs", "one"]
Driver = Literal["sqlx", "rusqlite", "tokio_postgres", ""]
_DEPTH = 24

_KEEPS = frozenset({
    "unwrap", "expect", "map_err", "context", "with_context", "wrap_err", "inspect_err", "instrument", "clone", "as_ref", "as_mut", "ok", "by_ref",
})  # fmt: skip
# What a method makes of each shape; what stands in no table is no row any more.
_METHODS: Mapping[Shape, Mapping[str, Shape]] = {
    "query": {
        **dict.fromkeys(("bind", "try_bind", "persistent", "build", "push", "push_bind", "push_values"), "query"),
        **dict.fromkeys(("fetch_one", "fetch_optional"), "one"), **dict.fromkeys(("fetch_all", "fetch"), "many"),
    },
    "statement": {"query": "many", "raw_query": "many"},
    "many": {
        **dict.fromkeys(("iter", "into_iter", "iter_mut", "drain", "rev", "skip", "take", "filter", "peekable", "collect", "try_collect", "boxed",
                         "as_slice", "to_vec", "cloned", "inspect", "step_by", "fuse", "buffered", "try_filter"), "many"),
        **dict.fromkeys(("next", "try_next", "first", "last", "get", "pop", "remove", "swap_remove", "nth", "pop_front", "find"), "one"),
        "enumerate": "pairs",
    },
    "pairs": {},
    "one": dict.fromkeys(("ok_or", "ok_or_else", "transpose", "flatten", "cloned", "take", "ok_or_eyre", "filter", "inspect"), "one"),
}  # fmt: skip
_EACH = frozenset({
    "map", "for_each", "filter_map", "flat_map", "try_for_each", "then", "and_then", "filter", "any", "all", "find", "find_map", "inspect", "map_ok",
    "mapped", "map_while", "position", "partition", "try_filter_map", "take_while", "skip_while", "max_by_key", "min_by_key",
})  # fmt: skip
# Their closures take what has been made so far, then the element.
_FOLDS = frozenset({"fold", "try_fold"})
# Methods that give what they hold to the closure, by what they are called on.
_GIVES: Mapping[Shape, frozenset[str]] = {
    "query": frozenset({"map", "try_map"}),
    "statement": frozenset({"query_map", "query_and_then", "query_row", "query_row_and_then", "query_one"}),
    "many": _EACH,
    "pairs": _EACH,
    "one": frozenset({"map", "and_then", "map_or", "is_some_and", "inspect", "filter", "map_ok", "map_or_else"}),
}
_QUERIES = frozenset({"query", "query_with", "raw_sql"})
_MACROS = frozenset({"query", "query_unchecked", "query_file", "query_file_unchecked"})
_CONNECTION_ROW = frozenset({"query_row", "query_row_and_then", "query_one"})
_CLIENT: Mapping[str, Shape] = {"query": "many", "query_one": "one", "query_opt": "one", "query_typed": "many", "query_typed_one": "one", "query_typed_opt": "one"}  # fmt: skip
_EXECUTOR: Mapping[str, Shape] = {"fetch_one": "one", "fetch_optional": "one", "fetch_all": "many", "fetch": "many"}
_PLAIN = frozenset({"await_expression", "try_expression", "parenthesized_expression", "reference_expression", "unary_expression"})  # fmt: skip
_ROWS = frozenset({"Row", "PgRow", "SqliteRow", "MySqlRow", "AnyRow"})
_SQLX_ROWS = _ROWS - {"Row"}


class Found(Struct, frozen=True):
    """`call` makes the query, or is the function whose parameter is the row. `record` is True where fields stand for columns."""

    call: Node
    shape: Shape
    driver: Driver = ""
    record: bool = False


class Flow:
    """Where rows of one file come from. `driver` is whose `Row` the file names."""

    def __init__(self, root: Node, content: bytes) -> None:
        self.root = root
        self.driver: Driver = (
            "rusqlite" if b"rusqlite" in content else "sqlx" if b"sqlx" in content else "tokio_postgres"
        )
        self._known: dict[tuple[int, int], Found | None] = {}

    def origin(self, node: Node, depth: int = 0) -> Found | None:
        """What an expression is a row of."""
        while node.type in _PLAIN and node.named_children:
            node = node.named_children[-1]
        if depth > _DEPTH:
            return None
        place = (node.start_byte, node.end_byte)
        if place not in self._known:
            self._known[place] = self._origin(node, depth + 1)
        return self._known[place]

    def _origin(self, node: Node, depth: int) -> Found | None:
        match node.type:
            case "identifier":
                found = binder(node, self.root)
                return self._bound(found, depth) if found is not None else None
            case "call_expression":
                return self._call(node, depth)
            case "index_expression" if node.named_children:
                return _as(self.origin(node.named_children[0], depth), "many", "one")
            case "macro_invocation":
                name = text_of(node.child_by_field_name("macro") or node).rpartition("::")[2]
                return Found(node, "query", "sqlx", record=True) if name in _MACROS else None
            case _:
                return None

    def _bound(self, found: Binder, depth: int) -> Found | None:
        if found.kind == "parameter":
            given = self.given(found, depth)
            path = found.path
        else:
            given, path = self.origin(found.value, depth), found.path
            given = _element(given) if found.kind == "element" else given
        if given is not None and given.shape == "pairs":
            given, path = (_with(given, "one"), path[1:]) if path[:1] == ("1",) else (None, ())
        return given if not path else None

    def given(self, found: Binder, depth: int = 0) -> Found | None:
        """What a parameter is given: a function's own row, or what the method that takes the closure has."""
        if found.value.type == "function_item":
            return self._declared(found.value, found.index)
        return self.handed(found.value, depth, found.index)

    def handed(self, closure: Node, depth: int = 0, index: int = 0) -> Found | None:
        """What a call gives to a closure, or to a function passed by name."""
        call = closure.parent.parent if closure.parent is not None and closure.parent.type == "arguments" else None
        function = call.child_by_field_name("function") if call is not None else None
        if call is None or function is None or function.type != "field_expression":
            return None
        value, method = (
            function.child_by_field_name("value"),
            text_of(function.child_by_field_name("field") or function),
        )
        found = self.origin(value, depth) if value is not None else None
        if index != (method in _FOLDS):
            return None
        if found is not None and (method in _GIVES[found.shape] or (method in _FOLDS and found.shape == "many")):
            if found.shape == "statement":
                return Found(found.call, "one", "rusqlite")
            return found if found.shape == "pairs" else _with(found, "one")
        if method in _CONNECTION_ROW and len(_arguments(call)) >= 3:
            return Found(call, "one", "rusqlite")
        return None

    def _declared(self, function: Node, index: int) -> Found | None:
        listed = function.child_by_field_name("parameters")
        written = parameters_of(listed)[index][1] if listed is not None else None
        name = _row_name(written)
        trait = trait_of(function)
        if trait != "FromRow" and name not in _ROWS:
            return None
        is_sqlx = trait == "FromRow" or name in _SQLX_ROWS
        return Found(function, "one", "sqlx" if is_sqlx else self.driver)

    def _call(self, call: Node, depth: int) -> Found | None:
        function = call.child_by_field_name("function")
        if function is not None and function.type == "generic_function":
            function = function.child_by_field_name("function")
        if function is None:
            return None
        given = _arguments(call)
        if function.type != "field_expression":
            name = folded(function, 200).rpartition("::")[2]
            if name in ("Ok", "Some", "pin") and len(given) == 1:
                return self.origin(given[0], depth)
            builder = "QueryBuilder" in folded(function, 200) and name in ("new", "with_arguments")
            return Found(call, "query", "sqlx") if (name in _QUERIES or builder) and given else None
        value, method = (
            function.child_by_field_name("value"),
            text_of(function.child_by_field_name("field") or function),
        )
        found = self.origin(value, depth) if value is not None else None
        if found is not None:
            shape = found.shape if method in _KEEPS else _METHODS[found.shape].get(method)
            driver: Driver = "rusqlite" if found.shape == "statement" and method != "unwrap" else found.driver
            return Found(found.call, shape, driver or found.driver, found.record) if shape is not None else None
        return self._site(call, method, given, depth)

    def _site(self, call: Node, method: str, given: list[Node], depth: int) -> Found | None:
        """A method of a connection that takes a text, a prepared statement or a query."""
        if method.startswith("prepare") and given:
            return Found(call, "statement")
        shape = _CLIENT.get(method) if len(given) == 2 else None
        if shape is not None:
            statement = self.origin(given[0], depth)
            prepared = statement is not None and statement.shape == "statement"
            return Found(statement.call if statement is not None and prepared else call, shape, "tokio_postgres")
        shape = _EXECUTOR.get(method) if len(given) == 1 else None
        if shape is None:
            return None
        query = self.origin(given[0], depth)
        built = query is not None and query.shape == "query"
        return Found(
            query.call if query is not None and built else call,
            shape,
            "sqlx",
            built and query is not None and query.record,
        )


def _element(found: Found | None) -> Found | None:
    return found if found is not None and found.shape == "pairs" else _as(found, "many", "one")


def _as(found: Found | None, shape: Shape, becomes: Shape) -> Found | None:
    return _with(found, becomes) if found is not None and found.shape == shape else None


def _with(found: Found, shape: Shape) -> Found:
    return Found(found.call, shape, found.driver, found.record)


def _arguments(call: Node) -> list[Node]:
    listed = call.child_by_field_name("arguments")
    return [] if listed is None else [child for child in listed.named_children if "comment" not in child.type]


def _row_name(written: Node | None) -> str:
    while written is not None and written.type == "reference_type":
        written = written.child_by_field_name("type")
    if written is not None and written.type == "generic_type":
        written = written.child_by_field_name("type")
    return text_of(written).rpartition("::")[2] if written is not None else ""


def trait_of(function: Node) -> str:
    """The trait whose impl block a function stands in."""
    at = function.parent
    while at is not None and at.type == "declaration_list":
        at = at.parent
    trait = at.child_by_field_name("trait") if at is not None and at.type == "impl_item" else None
    return text_of(trait).partition("<")[0].rpartition("::")[2] if trait is not None else ""
