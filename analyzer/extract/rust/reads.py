"""What code reads of rows by hand: `row.get("email")`, `row.try_get::<i64, _>(0)?`, `record.email`.

What comes in: the root of a Rust file. What goes out: Fields by the call that makes the query, or by the function whose parameter is the row; a
field's `column` is the name that is read, or its number. Sources: docs.rs of sqlx (`Row`), rusqlite (`Row`), tokio-postgres (`Row`). A column
that is not written as a literal, and a row that another file is handed, are not seen.
"""

from collections.abc import Iterator, Mapping
from functools import lru_cache
from typing import Literal

from tree_sitter import Node

from analyzer.extract.languages import Captures, matches, parse_part
from analyzer.extract.rust.destination import Around
from analyzer.extract.rust.flow import Flow, Found, trait_of
from analyzer.extract.rust.items import functions, named, owner
from analyzer.extract.rust.layers import Layers
from analyzer.extract.rust.lexical import binder
from analyzer.extract.rust.types import host_type
from analyzer.extract.texts import text_of
from analyzer.facts.model import Field, HostType
from analyzer.facts.query import Row
from analyzer.facts.source import Source, Span

_ROUNDS = 3
_FAILS = frozenset({"try_get", "try_get_unchecked", "try_get_raw", "get_ref"})
_UNTYPED = frozenset({"get_unchecked", "try_get_unchecked", "try_get_raw", "get_ref", "get_ref_unwrap"})
# What lets a read fail.
_TOLERATES = frozenset({"ok", "unwrap_or", "unwrap_or_default", "unwrap_or_else", "or_else", "is_ok", "is_err", "or"})
_BRANCHES = {"if_expression": "condition", "match_arm": "pattern", "match_expression": "value"}


@lru_cache(maxsize=1)
def file_reads(root: Node, path: str, content: bytes) -> "FileReads":
    """The reads of a file; asked once a site, so the last file's answer is kept."""
    return FileReads(root, path, content)


class FileReads:
    """`found` are fields by the span of the query's call, or of the function that takes the row."""

    def __init__(self, root: Node, path: str, content: bytes) -> None:
        self.root, self.path = root, path
        self.flow = Flow(root, content)
        self.around = Around(root, self._shape)
        self.found: dict[Span, tuple[Field, ...]] = {}
        captured = [*matches("rust", "rows", root), *self._in_macros(content)]
        for captures, _ in captured:
            self._read(captures)
        for _ in range(_ROUNDS):
            grown = [self._handed(captures) for captures, _ in captured]
            if not any(grown):
                break

    def _in_macros(self, content: bytes) -> Iterator[tuple[Captures, dict[str, str]]]:
        """Reads among the arguments of `println!`, `json!` and the like."""
        stack = [self.root]
        while stack:
            node = stack.pop()
            if node.type != "token_tree":
                stack.extend(node.named_children)
            elif b"get" in (node.text or b""):
                yield from matches("rust", "rows", parse_part(content, "rust", node).root_node)

    def _shape(self, node: Node) -> str:
        found = self.flow.origin(node)
        return found.shape if found is not None else ""

    def _span(self, node: Node) -> Span:
        return Span(self.path, node.start_byte, node.end_byte)

    def _read(self, captures: Captures) -> None:
        """One read, put to the query or the function its row comes from."""
        if "read" in captures:
            column = _column(captures["read.column"][0])
            row = captures["read.row"][0]
            found = self.flow.origin(row) if column else None
            if found is not None and found.shape == "one" and not found.record:
                self._add(found, self._field(captures, column, found))
        elif "record" in captures:
            node, row = captures["record"][0], captures["record.row"][0]
            found = self.flow.origin(row) if not _is_method(node) else None
            if found is not None and found.shape == "one" and found.record:
                name = text_of(captures["record.field"][0]).removeprefix("r#")
                host, path = self.around.wanted(node)
                self._add(found, Field(self._span(node), name, name, host, path=path))

    def _field(self, captures: Captures, column: str, found: Found) -> Field:
        node, method = captures["read"][0], text_of(captures["read.method"][0])
        fails = method in _FAILS or (method == "get" and found.driver == "rusqlite")
        layers: Layers = ("Result",) if fails else ()
        written = _written(captures, found)
        tolerant = fails and _is_tolerated(node)
        host, path = (written, ()) if written is not None else self.around.wanted(node, layers)
        if tolerant or method in _UNTYPED:
            host, path = HostType(""), ()
        tolerant = tolerant or self._is_conditional(captures["read.row"][0])
        return Field(self._span(node), column, column, host, default=tolerant, path=path)

    def _is_conditional(self, row: Node) -> bool:
        """Whether a branch between the row's binding and the read decides that it is read."""
        bound = binder(row, self.root) if row.type == "identifier" else None
        at = row
        while bound is not None and (outer := at.parent) is not None and bound.scope not in (outer, at):
            decides = _BRANCHES.get(outer.type)
            if decides is not None and outer.child_by_field_name(decides) != at:
                return True
            at = outer
        return False

    def _add(self, found: Found, *fields: Field) -> bool:
        span = self._span(found.call)
        known = self.found.get(span, ())
        seen = {(field.span, field.column) for field in known}
        new = tuple(field for field in fields if (field.span, field.column) not in seen)
        self.found[span] = (*known, *new)
        return bool(new)

    def _handed(self, captures: Captures) -> bool:
        """A row, or what gives rows, handed to a function of this file that reads it."""
        if "passed" in captures:
            node = captures["passed"][0]
            function = named(node, self.root)
            found = self.flow.handed(node) if self._reads_row(function) else None
        elif "handed" in captures:
            function = named(captures["handed.callee"][0], self.root)
            found = self.flow.origin(captures["handed.row"][0]) if self._reads_row(function) else None
        else:
            return False
        if found is None or function is None or found.shape != "one":
            return False
        return self._add(found, *self.found[self._span(function)])

    def _reads_row(self, function: Node | None) -> bool:
        return function is not None and self._span(function) in self.found


def decoded(root: Node, path: str, content: bytes) -> Mapping[str, tuple[Field, ...]]:
    """What hand-written `impl FromRow` blocks read, by the type they are of."""
    if b"FromRow" not in content:
        return {}
    found = file_reads(root, path, content).found
    return {
        owner(node): found.get(Span(path, node.start_byte, node.end_byte), ())
        for (_, name), nodes in functions(root).items()
        for node in nodes
        if name == "from_row" and trait_of(node) == "FromRow"
    }


def _is_method(access: Node) -> bool:
    outer = access.parent
    if outer is not None and outer.type == "generic_function":
        outer = outer.parent
    return (
        outer is not None
        and outer.type == "call_expression"
        and outer.child_by_field_name("function") in (access, access.parent)
    )


def _column(node: Node) -> str:
    """The name or number that a literal says."""
    if node.type in ("string_literal", "raw_string_literal"):
        inner = [text_of(child) for child in node.named_children]
        return inner[0] if len(inner) == 1 and node.named_children[0].type == "string_content" else ""
    text = text_of(node).replace("usize", "").rstrip("_") if node.type == "integer_literal" else ""
    return text if text.isdigit() else ""


def _written(captures: Captures, found: Found) -> HostType | None:
    """`get::<i64, _>` of sqlx names the value first, `get::<_, i64>` of the others the index."""
    types = captures["read.types"][0].named_children if "read.types" in captures else []
    given = [node for node in types if node.type != "lifetime"]
    index = 0 if found.driver == "sqlx" else 1
    if len(given) <= index or text_of(given[index]) == "_":
        return None
    return host_type(given[index])


def _is_tolerated(node: Node) -> bool:
    """`row.try_get("x").ok()`, `if let Ok(x) = row.try_get("x")`, `match row.try_get("x") { .. }`."""
    outer = node.parent
    if outer is None:
        return False
    if outer.type in ("let_condition", "match_expression"):
        return True
    if outer.type == "let_declaration":
        pattern = outer.child_by_field_name("pattern")
        return outer.child_by_field_name("alternative") is not None or (
            pattern is not None and pattern.type == "identifier"
        )
    return outer.type == "field_expression" and text_of(outer.child_by_field_name("field") or outer) in _TOLERATES


def row_read(root: Node, source: Source, call: Node, framework: str) -> Row | None:
    """The row of a query whose rows are read by hand; without a framework, a lack of columns is not the driver's to refuse."""
    fields = file_reads(root, source.path, source.content).found.get(Span(source.path, call.start_byte, call.end_byte))
    if not fields:
        return None
    by: Literal["index", "name"] = "index" if any(field.column.isdigit() for field in fields) else "name"
    return Row(fields[0].span, by, fields=fields, framework=framework)
