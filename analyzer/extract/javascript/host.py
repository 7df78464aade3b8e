"""JavaScript and TypeScript as hosts: strings, patterns, parameters, imports.

What comes in: nodes of tree-sitter-javascript and tree-sitter-typescript. What goes out: what `host.Host` asks for. This module does
not know drivers.
"""

import re
from collections.abc import Iterator

from tree_sitter import Node

from analyzer.extract.host import Evaluator, Syntax
from analyzer.extract.javascript.enumerations import enumerations
from analyzer.extract.javascript.fates import FAILURES
from analyzer.extract.javascript.imports import imports
from analyzer.extract.javascript.literals import literal, template, verbatim
from analyzer.extract.javascript.models import host_type, models
from analyzer.extract.javascript.schemas import schemas
from analyzer.extract.objects.javascript.collector import JavaScriptObjects
from analyzer.extract.texts import folded, text_of
from analyzer.facts.call import Parameter
from analyzer.facts.enumeration import Enumeration
from analyzer.facts.file import Import
from analyzer.facts.holder import Holder
from analyzer.facts.model import HostType, Model
from analyzer.facts.part import Part
from analyzer.facts.part.written import HolePart, LiteralPart
from analyzer.facts.source import Source, Span

# Methods that give the same SQL back.
_SAME = frozenset({"trim", "trimStart", "trimEnd", "trimLeft", "trimRight", "toString", "valueOf"})
# Tags that only lay the text out: npm dedent, outdent, endent, common-tags.
_PLAIN_TAGS = frozenset({"dedent", "outdent", "endent", "stripIndent", "stripIndents", "oneLine"})
# Tags that bind what is interpolated: https://github.com/felixfbecker/node-sql-template-strings and those after it.
_BINDING_TAGS = (b"sql-template-strings", b"sql-template-tag", b"@nearform/sql", b"pg-template-tag")
_WHITE_SPACE = re.compile(r"/[\\snrt +*\[\]]+/[gmu]*")
_SEPARATORS = 400


class JavaScript:
    """The host of JavaScript, TypeScript and TSX."""

    failures = FAILURES
    objects = JavaScriptObjects()

    syntax = Syntax(
        identifiers=frozenset({"identifier", "shorthand_property_identifier"}),
        wrappers=frozenset({"parenthesized_expression", "await_expression", "as_expression", "satisfies_expression", "non_null_expression"}),
        members={"member_expression": "object", "subscript_expression": "object"},
        calls={"call_expression": ("function", "arguments"), "new_expression": ("constructor", "arguments")},
        literals={"string": "string", "template_string": "string", "number": "number", "true": "boolean", "false": "boolean", "null": "null", "undefined": "null", "regex": "regex"},
        receivers=frozenset({"this", "super"}),
        objects={"object": ("pair", "key", "value"), "enum_body": ("enum_assignment", "name", "value")},
        functions=frozenset({"arrow_function", "function_expression", "generator_function", "class"}),
        blocks=frozenset({"statement_block", "if_statement", "else_clause", "switch_case", "switch_default", "for_statement", "for_in_statement", "while_statement", "do_statement", "ternary_expression", "binary_expression", "arrow_function", "try_statement", "catch_clause", "program"}),
        recovered=frozenset(
            {("non_null_expression", "!"), ("ERROR", "instantiation_expression"), ("export_statement", "type")}
        ),
    )  # fmt: skip

    def string(self, node: Node, source: Source, evaluator: Evaluator) -> tuple[Part, ...] | None:
        match node.type:
            case "string":
                return (literal(node, source),)
            case "template_string":
                return template(node, source, evaluator)
            case "number":
                return (verbatim(node, source),)
            case "binary_expression":
                return _sum(node, evaluator)
            case "call_expression":
                return _call(node, source, evaluator)
            case _:
                return None

    def parameters(self, node: Node) -> tuple[Parameter, ...]:
        if node.type == "identifier":
            return (Parameter(text_of(node)),)
        found = []
        for child in node.named_children:
            pattern = child.child_by_field_name("pattern") or child
            if child.type in self.syntax.comments or pattern.type == "this":
                continue
            names, type_ = self.names(pattern), child.child_by_field_name("type")
            destructured = pattern.type in ("object_pattern", "array_pattern") or (
                pattern.type == "assignment_pattern" and text_of(pattern)[:1] in "{["
            )
            found.append(
                Parameter(
                    "" if destructured or not names else names[0],
                    text_of(type_).removeprefix(":").strip() if type_ is not None else "",
                    _declared(type_),
                    names if destructured else (),
                )
            )
        return tuple(found)

    def names(self, pattern: Node) -> tuple[str, ...]:
        match pattern.type:
            case "identifier" | "shorthand_property_identifier_pattern" | "property_identifier":
                return (text_of(pattern),)
            case "pair_pattern":
                inner = pattern.child_by_field_name("value")
            case "assignment_pattern" | "object_assignment_pattern":
                inner = pattern.child_by_field_name("left")
            case "required_parameter" | "optional_parameter":
                inner = pattern.child_by_field_name("pattern")
            case "object_pattern" | "array_pattern" | "rest_pattern":
                return tuple(name for child in pattern.named_children for name in self.names(child))
            case _:
                return ()
        return self.names(inner) if inner is not None else ()

    def imports(self, root: Node, source: Source) -> tuple[Import, ...]:
        return imports(root, source, self.names)

    def tests(self, root: Node) -> Iterator[Node]:  # noqa: ARG002 - tests have files of their own
        yield from ()

    def inner(self, root: Node) -> Iterator[Node]:  # noqa: ARG002 - the grammar reads everything
        yield from ()

    def models(self, root: Node, source: Source) -> tuple[Model, ...]:
        declared = models(root, source) if source.language in ("typescript", "tsx") else ()
        return (*declared, *schemas(root, source))

    def enumerations(self, root: Node, source: Source) -> tuple[Enumeration, ...]:
        return enumerations(root, source)

    def holders(self, root: Node, source: Source) -> tuple[Holder, ...]:  # noqa: ARG002 - its libraries take no classes
        return ()


def _declared(annotation: Node | None) -> HostType:
    return (
        host_type(annotation.named_children[0])
        if annotation is not None and annotation.named_children
        else HostType("")
    )


def _sum(node: Node, evaluator: Evaluator) -> tuple[Part, ...] | None:
    """Operands of a chain of `+`; None where no operand is a text: numbers are added."""
    operands: list[Node] = []
    while node.type == "binary_expression" and text_of(node.child_by_field_name("operator") or node) == "+":
        left, right = node.child_by_field_name("left"), node.child_by_field_name("right")
        if left is None or right is None:
            return None
        operands.append(right)
        node = left
    if not operands:
        return None
    operands.append(node)
    parts = tuple(part for operand in reversed(operands) for part in evaluator.parts(operand))
    texts = [part.value for part in parts if isinstance(part, LiteralPart)]
    return parts if any(not text.isdigit() for text in texts) else None


def _call(node: Node, source: Source, evaluator: Evaluator) -> tuple[Part, ...] | None:
    function, arguments = node.child_by_field_name("function"), node.child_by_field_name("arguments")
    if function is None or arguments is None:
        return None
    if arguments.type == "template_string":
        return _tagged(function, arguments, source, evaluator)
    if function.type != "member_expression":
        return None
    target, method = function.child_by_field_name("object"), function.child_by_field_name("property")
    if target is None or method is None:
        return None
    values = [child for child in arguments.named_children if child.type != "comment"]
    match text_of(method):
        case name if name in _SAME and not values:
            return evaluator.parts(target)
        case "concat" if values:
            first = evaluator.parts(target)
            return (*first, *(part for value in values for part in evaluator.parts(value)))
        case "replace" | "replaceAll" if len(values) == 2 and _WHITE_SPACE.fullmatch(text_of(values[0])[:80]):
            return evaluator.parts(target)
        case "join":
            return _join(target, values, source, evaluator)
        case _:
            return None


def _tagged(tag: Node, node: Node, source: Source, evaluator: Evaluator) -> tuple[Part, ...] | None:
    name = folded(tag)
    if name == "String.raw":
        return template(node, source, evaluator, raw=True)
    if name in _PLAIN_TAGS:
        return template(node, source, evaluator)
    if name in ("sql", "SQL") and any(token in source.content for token in _BINDING_TAGS):
        return template(node, source, evaluator, binds=True)
    return None


def _join(target: Node, values: list[Node], source: Source, evaluator: Evaluator) -> tuple[Part, ...] | None:
    """`[a, b].join(" ")`, also through a name; a hole behind it where more is pushed."""
    found = evaluator.bound(target)
    if found is None or found[0].type != "array" or len(values) > 1:
        return None
    separator = evaluator.parts(values[0]) if values else ()
    elements = [child for child in found[0].named_children if child.type != "comment"]
    if len(elements) > _SEPARATORS or any(element.type == "spread_element" for element in elements):
        return None
    parts = list(_separated(elements, separator, evaluator))
    if found[1]:
        parts.append(HolePart(Span(source.path, target.start_byte, target.end_byte), evaluator.origin(target)))
    return tuple(parts) if elements else None


def _separated(elements: list[Node], separator: tuple[Part, ...], evaluator: Evaluator) -> Iterator[Part]:
    for index, element in enumerate(elements):
        if index:
            yield from separator
        yield from evaluator.parts(element)
