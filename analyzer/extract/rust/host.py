"""Rust as a host: strings, patterns, parameters, `use` declarations.

What comes in: nodes of tree-sitter-rust. What goes out: what `host.Host` asks for. Source of the escapes and of the formatting syntax:
the Rust Reference, "Tokens" (string literals, line continuation) and the documentation of `std::fmt`. This module does not know sqlx.
"""

import re
from collections.abc import Iterator

from tree_sitter import Node

from analyzer.extract.host import Evaluator, Syntax
from analyzer.extract.languages import captured
from analyzer.extract.rust.enumerations import enumerations
from analyzer.extract.rust.fates import FAILURES
from analyzer.extract.rust.lists import joined_parts
from analyzer.extract.rust.models import models
from analyzer.extract.rust.sql_builder import builder_parts
from analyzer.extract.rust.strings import call_parts, literal, macro_parts, tail, written
from analyzer.extract.rust.types import host_type
from analyzer.extract.texts import text_of
from analyzer.facts.call import Parameter
from analyzer.facts.enumeration import Enumeration
from analyzer.facts.file import Import
from analyzer.facts.holder import Holder
from analyzer.facts.model import HostType, Model
from analyzer.facts.part import Part
from analyzer.facts.source import Source, Span

_TEXT_MACROS = frozenset(
    {"format", "println", "print", "eprintln", "concat", "include_str", "indoc", "formatdoc", "macro_rules"}
)
_TEST_ATTRIBUTE = re.compile(r"#\[(?:cfg\((?:all\(|any\()?\s*test\b|(?:\w+::)?test\b)")


class Rust:
    """The Rust host."""

    failures = FAILURES
    objects = None

    syntax = Syntax(
        identifiers=frozenset({"identifier"}),
        wrappers=frozenset({"parenthesized_expression", "reference_expression", "await_expression", "try_expression", "type_cast_expression", "unary_expression"}),
        members={"field_expression": "value", "index_expression": ""},
        calls={"call_expression": ("function", "arguments"), "macro_invocation": ("macro", "")},
        literals={"string_literal": "string", "raw_string_literal": "string", "integer_literal": "number", "float_literal": "number", "boolean_literal": "boolean", "char_literal": "string"},
        constants=frozenset({"static_item", "const_item"}),
    )  # fmt: skip

    def string(self, node: Node, source: Source, evaluator: Evaluator) -> tuple[Part, ...] | None:
        match node.type:
            case "string_literal" | "raw_string_literal":
                return (literal(node, source),)
            case "integer_literal" if text_of(node).isdigit():
                return (written(node, source),)
            case "binary_expression" if text_of(node.child_by_field_name("operator") or node) == "+":
                operands = (node.child_by_field_name("left"), node.child_by_field_name("right"))
                return tuple(part for operand in operands if operand is not None for part in evaluator.parts(operand))
            case "call_expression":
                if (node.text or b"").endswith(b".sql()"):
                    return builder_parts(node, source, evaluator)
                return joined_parts(node, source, evaluator) or call_parts(node, evaluator)
            case "macro_invocation":
                return macro_parts(node, source, evaluator)
            case "block" | "else_clause" if (last := tail(node)) is not None:
                return evaluator.parts(last)
            case _:
                return None

    def parameters(self, node: Node) -> tuple[Parameter, ...]:
        found = []
        for child in node.named_children:
            if child.type == "parameter":
                pattern, type_ = child.child_by_field_name("pattern"), child.child_by_field_name("type")
                names = self.names(pattern) if pattern is not None else ()
                written = text_of(type_) if type_ is not None else ""
                host = host_type(type_) if type_ is not None and len(names) == 1 else HostType("")
                found.append(Parameter(names[0] if names else "", written, host))
            elif child.type not in ("self_parameter", "attribute_item", "line_comment", "block_comment"):
                found.extend(Parameter(name) for name in self.names(child) or ("",))
        return tuple(found)

    def names(self, pattern: Node) -> tuple[str, ...]:
        if pattern.type in ("identifier", "shorthand_field_identifier"):
            return (text_of(pattern),)
        skipped = {pattern.child_by_field_name("type"), pattern.child_by_field_name("path")}
        return tuple(
            name
            for child in pattern.named_children
            if child not in skipped and child.type not in ("field_identifier", "type_identifier")
            for name in self.names(child)
        )

    def imports(self, root: Node, source: Source) -> tuple[Import, ...]:
        return tuple(
            Import(Span(source.path, node.start_byte, node.end_byte), module, name, alias)
            for node in root.named_children
            for module, name, alias in _brought(node)
        )

    def tests(self, root: Node) -> Iterator[Node]:
        stack = [root]
        while stack:
            attributes = ""
            for child in stack.pop().named_children:
                if child.type == "attribute_item":
                    attributes += text_of(child)
                elif child.type not in ("line_comment", "block_comment"):
                    if child.type in ("mod_item", "function_item") and _TEST_ATTRIBUTE.search(attributes):
                        yield child
                    elif child.type in ("mod_item", "declaration_list", "impl_item"):
                        stack.append(child)
                    attributes = ""

    def inner(self, root: Node) -> Iterator[Node]:
        for macro in captured("rust", "macros", root).get("macro", []):
            yield from _code_inside(macro)

    def models(self, root: Node, source: Source) -> tuple[Model, ...]:
        return models(root, source)

    def enumerations(self, root: Node, source: Source) -> tuple[Enumeration, ...]:
        return enumerations(root, source)

    def holders(self, root: Node, source: Source) -> tuple[Holder, ...]:  # noqa: ARG002 - its libraries take no classes
        return ()


def _code_inside(macro: Node) -> Iterator[Node]:
    """The token tree of a macro that may hold calls: not those whose arguments are read as they are."""
    name = text_of(macro.child_by_field_name("macro") or macro).rpartition("::")[2]
    tokens = next((child for child in macro.children if child.type == "token_tree"), None)
    if (
        tokens is not None
        and not name.startswith("query")
        and name not in _TEXT_MACROS
        and b"(" in (tokens.text or b"")[1:-1]
    ):
        yield from _blocks(tokens) or (tokens,)


def _blocks(tokens: Node) -> list[Node]:
    """The blocks of a macro that holds nothing else but names in front of them: `on! { conn: sqlite, mysql { .. } postgresql { .. } }`."""
    inside = tokens.children[1:-1]
    blocks = [node for node in inside if node.type == "token_tree" and (node.text or b"")[:1] == b"{"]
    rest = {node.type for node in inside if node not in blocks}
    return blocks if blocks and "identifier" in rest and rest <= {"identifier", ",", ":", "line_comment"} else []


def _brought(node: Node) -> Iterator[tuple[str, str, str]]:
    """What an item brings in; `#[path = "sql/users.rs"] mod users;` is the file `./sql/users.rs`, known as `users`."""
    argument = node.child_by_field_name("argument")
    if node.type == "use_declaration" and argument is not None:
        yield from uses(argument, "")
    name = node.child_by_field_name("name")
    if node.type == "mod_item" and name is not None and node.child_by_field_name("body") is None:
        path = _path_attribute(node.prev_named_sibling)
        if path:
            yield f"./{path.removeprefix('./')}", "", text_of(name)


def _path_attribute(node: Node | None) -> str:
    """The path among the attributes that end with this one, "" for none."""
    while node is not None and node.type in ("attribute_item", "line_comment", "block_comment"):
        attribute = next((child for child in node.named_children if child.type == "attribute"), None)
        value = attribute.child_by_field_name("value") if attribute is not None else None
        if attribute is not None and value is not None and text_of(attribute.named_children[0]) == "path":
            return next((text_of(part) for part in value.named_children if part.type == "string_content"), "")
        node = node.prev_named_sibling
    return ""


def uses(node: Node, prefix: str) -> Iterator[tuple[str, str, str]]:
    """(module, name, alias) of each leaf of a `use` tree."""
    match node.type:
        case "use_list":
            for child in node.named_children:
                yield from uses(child, prefix)
        case "scoped_use_list":
            path, items = node.child_by_field_name("path"), node.child_by_field_name("list")
            inner = f"{prefix}{text_of(path)}::" if path is not None else prefix
            if items is not None:
                yield from uses(items, inner)
        case "use_as_clause":
            path, alias = node.child_by_field_name("path"), node.child_by_field_name("alias")
            if path is not None and alias is not None:
                for module, name, _ in uses(path, prefix):
                    yield module, name, text_of(alias)
        case "use_wildcard":
            yield f"{prefix}{text_of(node).removesuffix('*').removesuffix('::')}", "*", "*"
        case "identifier" | "self" | "crate" | "scoped_identifier" | "super":
            module, _, name = f"{prefix}{text_of(node)}".rpartition("::")
            name = module.rpartition("::")[2] if name == "self" else name
            yield module, name, name
        case _:
            return
