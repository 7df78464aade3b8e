"""Python as a host: string expressions, patterns, parameters, imports.

What comes in: nodes of tree-sitter-python. What goes out: what `host.Host` asks for. Source: the Python language reference. This module
does not know any driver.
"""

from collections.abc import Iterator

from tree_sitter import Node

from analyzer.extract.host import Evaluator, Syntax
from analyzer.extract.languages import matches
from analyzer.extract.objects.python.collector import PythonObjects
from analyzer.extract.python.enumerations import enumerations
from analyzer.extract.python.fates import FAILURES
from analyzer.extract.python.formats import call_parts, percent_parts
from analyzer.extract.python.holders import holders
from analyzer.extract.python.models import models
from analyzer.extract.python.parameters import parameter_nodes
from analyzer.extract.python.strings import addends, string_parts
from analyzer.extract.python.types import host_type
from analyzer.extract.texts import LiteralBuilder, folded, text_of
from analyzer.facts.call import Parameter
from analyzer.facts.enumeration import Enumeration
from analyzer.facts.file import Import
from analyzer.facts.holder import Holder
from analyzer.facts.model import HostType, Model
from analyzer.facts.part import Part
from analyzer.facts.part.written import HolePart, LiteralPart, NamePart
from analyzer.facts.source import Source, Span

_PATTERNS = frozenset(
    {"pattern_list", "tuple_pattern", "list_pattern", "list_splat_pattern", "dictionary_splat_pattern", "tuple", "list"}
    | {"lambda_parameters", "as_pattern_target", "default_parameter", "typed_parameter", "typed_default_parameter"}
)


class Python:
    """The Python host."""

    failures = FAILURES
    objects = PythonObjects()

    syntax = Syntax(
        identifiers=frozenset({"identifier"}),
        wrappers=frozenset({"parenthesized_expression", "await", "type", "as_pattern_target"}),
        members={"attribute": "object", "subscript": "value"},
        calls={"call": ("function", "arguments")},
        literals={"string": "string", "concatenated_string": "string", "integer": "number", "float": "number", "true": "boolean", "false": "boolean", "none": "null"},
        receivers=frozenset({"self", "cls"}),
        ranges=frozenset({"range"}),
    )  # fmt: skip

    def string(self, node: Node, source: Source, evaluator: Evaluator) -> tuple[Part, ...] | None:
        match node.type:
            case "string":
                return string_parts(node, source, evaluator)
            case "concatenated_string":
                return _adjacent(node, source, evaluator)
            case "integer" if text_of(node).isdecimal():
                builder = LiteralBuilder(source.path, source.content)
                builder.raw(node.start_byte, node.end_byte)
                return (builder.finish(node.start_byte, node.end_byte),)
            case "binary_operator":
                return _operator(node, source, evaluator)
            case "call":
                return call_parts(node, source, evaluator)
            case "named_expression":
                value = node.child_by_field_name("value")
                return evaluator.parts(value) if value is not None else None
            case "conditional_expression":
                return _either(node, evaluator)
            case _:
                return None

    def parameters(self, node: Node) -> tuple[Parameter, ...]:
        found = []
        for child in parameter_nodes(node):
            type_ = child.child_by_field_name("type")
            names = self.names(child)
            if names:
                declared = host_type(type_) if type_ is not None else HostType("")
                found.append(Parameter(names[0], text_of(type_) if type_ is not None else "", declared))
        return tuple(found)

    def names(self, pattern: Node) -> tuple[str, ...]:
        found: list[str] = []
        stack = [pattern]
        while stack:
            node = stack.pop()
            if node.type == "identifier":
                found.append(text_of(node))
            elif node.type in _PATTERNS:
                skipped = {node.child_by_field_name("type"), node.child_by_field_name("value")}
                stack.extend(child for child in reversed(node.named_children) if child not in skipped)
        return tuple(found)

    def imports(self, root: Node, source: Source) -> tuple[Import, ...]:
        found = [captures["import"][0] for captures, _ in matches("python", "imports", root)]
        return tuple(
            Import(Span(source.path, node.start_byte, node.end_byte), module, name, alias)
            for node in sorted(found, key=lambda node: node.start_byte)
            for module, name, alias in _imported(node)
        )

    def tests(self, root: Node) -> Iterator[Node]:  # noqa: ARG002 - tests have files of their own
        yield from ()

    def inner(self, root: Node) -> Iterator[Node]:  # noqa: ARG002 - the grammar reads everything
        yield from ()

    def models(self, root: Node, source: Source) -> tuple[Model, ...]:
        return models(root, source)

    def enumerations(self, root: Node, source: Source) -> tuple[Enumeration, ...]:
        return enumerations(root, source)

    def holders(self, root: Node, source: Source) -> tuple[Holder, ...]:
        return holders(root, source)


def _adjacent(node: Node, source: Source, evaluator: Evaluator) -> tuple[Part, ...] | None:
    parts: list[Part] = []
    for child in node.named_children:
        if child.type == "string":
            piece = string_parts(child, source, evaluator)
            if piece is None:
                return None
            parts.extend(piece)
    return tuple(parts)


def _operator(node: Node, source: Source, evaluator: Evaluator) -> tuple[Part, ...] | None:
    operator = node.child_by_field_name("operator")
    match text_of(operator) if operator is not None else "":
        case "+":
            operands = [evaluator.parts(operand) for operand in addends(node)]
            parts = tuple(part for operand in operands for part in operand)
            numbers = any(_is_number(operand, evaluator) for operand in operands)
            return None if numbers or all(isinstance(part, HolePart) for part in parts) else parts
        case "%":
            return percent_parts(node, source, evaluator)
        case _:
            return None


def _is_number(parts: tuple[Part, ...], evaluator: Evaluator) -> bool:
    """`len(rows) + 1` and `LIMIT + 1` add; a number is a text only where one is spliced into a string."""
    named = evaluator.constant(parts[0].name) if len(parts) == 1 and isinstance(parts[0], NamePart) else None
    kept = named if named is not None else parts
    if len(kept) != 1 or not isinstance(kept[0], LiteralPart):
        return False
    # A string of digits is longer in the source: it has quotes.
    return kept[0].value.isdecimal() and kept[0].span.end - kept[0].span.start == len(kept[0].value)


def _either(node: Node, evaluator: Evaluator) -> tuple[Part, ...] | None:
    """`a if c else b` where both are the same text."""
    branches = [evaluator.parts(node.named_children[index]) for index in (0, -1)] if node.named_children else []
    texts = ["".join(getattr(part, "value", "\0") for part in parts) for parts in branches]
    return branches[0] if branches and texts[0] == texts[1] and "\0" not in texts[0] else None


def _imported(node: Node) -> Iterator[tuple[str, str, str]]:
    """(module, name, alias) of one statement; `import a.b` is known by its whole path."""
    source = node.child_by_field_name("module_name")
    module = folded(source) if source is not None else ""
    if any(child.type == "wildcard_import" for child in node.named_children):
        yield module, "*", "*"
    for child in node.children_by_field_name("name"):
        alias_node, name_node = child.child_by_field_name("alias"), child.child_by_field_name("name")
        name = folded(name_node or child)
        alias = text_of(alias_node) if alias_node is not None else name
        yield (module, name, alias) if source is not None else (name, "", alias)
