"""Python's ways to build one string from others: `%`, `.format`, `.join`, and calls that give a text back.

What comes in: nodes of tree-sitter-python. What goes out: parts. Source: the Python library reference ("printf-style String Formatting",
"Format String Syntax", `textwrap`), SQLAlchemy's `text`, psycopg's `sql` module. This module does not know query sites.
"""

import re
import textwrap
from collections.abc import Callable, Iterator, Sequence

from tree_sitter import Node

from analyzer.extract.host import Evaluator
from analyzer.extract.python.strings import is_plain, literal
from analyzer.extract.texts import LiteralBuilder, cut, text_of
from analyzer.facts.origin import UnknownOrigin
from analyzer.facts.part import Part
from analyzer.facts.part.written import HolePart, LiteralPart, NamePart
from analyzer.facts.source import Source, Span

_PERCENT = re.compile(
    r"%(?:\((?P<name>[^()]*)\))?(?P<flags>[-#0 +]*[\d*]*(?:\.[\d*]+)?)[hlL]?(?P<kind>[diouxXeEfFgGcrsa%])"
)
_BRACES = re.compile(r"\{\{|\}\}|\{(?P<field>[^{}:!]*)(?P<rest>[^{}]*)\}")
# Methods that leave the statement as it is, and functions whose first argument is the text.
_SAME = frozenset({"as_string", "bindparams", "columns", "execution_options", "encode", "strip", "lstrip", "rstrip"})
_REPLACED = 100
_WRAPPERS = frozenset({"str", "text", "SQL", "cleandoc", "dedent", "fspath"})


def call_parts(node: Node, source: Source, evaluator: Evaluator) -> tuple[Part, ...] | None:
    """The text a call gives, or None where it is no call that gives one."""
    function, arguments = node.child_by_field_name("function"), node.child_by_field_name("arguments")
    if function is None or arguments is None or arguments.type != "argument_list":
        return None
    values = [child for child in arguments.named_children if child.type != "comment"]
    target = function.child_by_field_name("object") if function.type == "attribute" else None
    name = text_of(function.child_by_field_name("attribute") or function)
    match name:
        case "format" if target is not None:
            return _format(target, values, evaluator)
        case "join" if target is not None and len(values) == 1:
            return _join(target, values[0], evaluator)
        case "replace" if target is not None and len(values) == 2 and all(is_plain(value) for value in values):
            template = _template(target, evaluator)
            return _replaced(template, values, source) if template is not None else None
        case "Identifier" | "Placeholder":
            return _composed(name, node, values, source, evaluator)
        case _ if name in _WRAPPERS and values and values[0].type != "keyword_argument":
            parts = evaluator.parts(values[0])
            return _dedented(parts) if name in ("dedent", "cleandoc") else parts
        case _ if target is not None and name in _SAME:
            parts = evaluator.parts(target)
            if not any(isinstance(part, LiteralPart | NamePart) for part in parts):
                return None
            return _stripped(parts, name) if name.endswith("strip") and not values else parts
        case _:
            return None


# ---------------------------------------------------------------------- `%` and `.format`
def percent_parts(node: Node, source: Source, evaluator: Evaluator) -> tuple[Part, ...] | None:
    """`"..%s.." % (a, b)`, `"..%(name)s.." % {"name": a}`, `"..%s.." % a`."""
    left, right = node.child_by_field_name("left"), node.child_by_field_name("right")
    if left is None or right is None:
        return None
    template = _template(left, evaluator)
    if template is None:
        return None
    while right.type == "parenthesized_expression" and right.named_children:
        right = right.named_children[0]
    positional = [c for c in right.named_children if c.type != "comment"] if right.type == "tuple" else [right]
    if any(child.type == "list_splat" for child in positional):
        positional = []
    named = dict(_pairs(right, source)) if right.type == "dictionary" else {}
    operands = iter(positional)

    def operand(match: re.Match[str]) -> Node | None:
        if match["name"] is not None:
            return named.get(match["name"])
        # A width taken from the operands shifts all that follow.
        return next(operands, None) if "*" not in match["flags"] else None

    def plain(match: re.Match[str]) -> bool:
        return not match["flags"] and match["kind"] in "sdi"

    return _filled(template, _PERCENT, operand, plain, evaluator)


def _format(target: Node, values: Sequence[Node], evaluator: Evaluator) -> tuple[Part, ...] | None:
    """`"..{}..{name}..".format(value, name=value)`."""
    template = _template(target, evaluator)
    if template is None:
        return None
    splat = any(child.type == "list_splat" for child in values)
    positional = (
        [] if splat else [child for child in values if child.type not in ("keyword_argument", "dictionary_splat")]
    )
    named = {
        text_of(child.children[0]): child.child_by_field_name("value")
        for child in values
        if child.type == "keyword_argument"
    }
    taken = iter(range(len(positional)))

    def operand(match: re.Match[str]) -> Node | None:
        field = match["field"]
        if field and not field.isdecimal():
            return named.get(field)
        index = int(field) if field else next(taken, len(positional))
        return positional[index] if index < len(positional) else None

    return _filled(template, _BRACES, operand, lambda match: not match["rest"], evaluator)


def _template(node: Node, evaluator: Evaluator) -> tuple[Part, ...] | None:
    """The parts of a template, constants of this file put in; None where nothing of it is known."""
    parts: list[Part] = []
    for part in evaluator.parts(node):
        constant = evaluator.constant(part.name) if isinstance(part, NamePart) else None
        parts.extend(constant or (part,))
    return tuple(parts) if any(isinstance(part, LiteralPart) for part in parts) else None


def _filled(
    template: tuple[Part, ...],
    pattern: re.Pattern[str],
    operand: Callable[[re.Match[str]], Node | None],
    plain: Callable[[re.Match[str]], bool],
    evaluator: Evaluator,
) -> tuple[Part, ...]:
    """The template with the text of its operands in place of its fields."""
    parts: list[Part] = []
    for part in template:
        if not isinstance(part, LiteralPart):
            parts.append(part)
            continue
        at = 0
        for match in pattern.finditer(part.value):
            parts.append(cut(part, at, match.start()))
            at = match.end()
            if match[0] in ("{{", "}}", "%%"):
                parts.append(cut(part, match.start(), match.start() + 1))
                continue
            node, span = operand(match), cut(part, match.start(), at).span
            if node is not None and plain(match):
                parts.extend(evaluator.parts(node))
            else:
                origin = evaluator.origin(node) if node is not None else UnknownOrigin(match[0][:120])
                parts.append(HolePart(span, origin))
        parts.append(cut(part, at, len(part.value)))
    return tuple(part for part in parts if not isinstance(part, LiteralPart) or part.value)


def _pairs(node: Node, source: Source) -> Iterator[tuple[str, Node]]:
    for child in node.named_children:
        key, value = child.child_by_field_name("key"), child.child_by_field_name("value")
        if child.type == "pair" and key is not None and value is not None and is_plain(key):
            yield literal(key, source).value, value


# ---------------------------------------------------------------------- methods and wrappers
def _join(target: Node, value: Node, evaluator: Evaluator) -> tuple[Part, ...] | None:
    """`" ".join(["..", ".."])`: the elements stand in the source."""
    separator = evaluator.parts(target)
    if value.type not in ("list", "tuple") or not all(isinstance(part, LiteralPart) for part in separator):
        return None
    elements = [child for child in value.named_children if child.type != "comment"]
    if any(child.type == "list_splat" for child in elements):
        return None
    parts: list[Part] = []
    for index, element in enumerate(elements):
        parts.extend(separator if index else ())
        parts.extend(evaluator.parts(element))
    return tuple(parts)


def _replaced(template: tuple[Part, ...], values: Sequence[Node], source: Source) -> tuple[Part, ...] | None:
    """`sql.replace("a", "b")` with both in place; what is put in stands where it is written."""
    old, new = (literal(value, source) for value in values)
    count = sum(part.value.count(old.value) for part in template if isinstance(part, LiteralPart)) if old.value else 0
    # Replacements of replacements grow without end; no statement needs many.
    if not old.value or count > _REPLACED:
        return None
    parts: list[Part] = []
    for part in template:
        if not isinstance(part, LiteralPart):
            parts.append(part)
            continue
        at = 0
        while (found := part.value.find(old.value, at)) >= 0:
            parts += [cut(part, at, found), new]
            at = found + len(old.value)
        parts.append(cut(part, at, len(part.value)))
    return tuple(part for part in parts if not isinstance(part, LiteralPart) or part.value)


def _stripped(parts: tuple[Part, ...], method: str) -> tuple[Part, ...]:
    kept = list(parts)
    first, last = kept[0], kept[-1]
    if method != "rstrip" and isinstance(first, LiteralPart):
        kept[0] = cut(first, len(first.value) - len(first.value.lstrip()), len(first.value))
        last = kept[-1]
    if method != "lstrip" and isinstance(last, LiteralPart):
        kept[-1] = cut(last, 0, len(last.value.rstrip()))
    return tuple(part for part in kept if not isinstance(part, LiteralPart) or part.value)


def _dedented(parts: tuple[Part, ...]) -> tuple[Part, ...]:
    """`textwrap.dedent` of one literal; around holes the white space is left, which no statement minds."""
    if len(parts) != 1 or not isinstance(parts[0], LiteralPart):
        return parts
    whole, at = parts[0], 0
    pieces: list[Part] = []
    for before, after in zip(whole.value.split("\n"), textwrap.dedent(whole.value).split("\n"), strict=False):
        end = at + len(before) + 1
        start = at + len(before) - len(after) if after else at + len(before)
        pieces.append(cut(whole, start, min(end, len(whole.value))))
        at = end
    return tuple(part for part in pieces if isinstance(part, LiteralPart) and part.value)


def _composed(
    name: str, node: Node, values: Sequence[Node], source: Source, evaluator: Evaluator
) -> tuple[Part, ...] | None:
    """In psycopg `sql.Identifier("shop", "users")` is quoted text, `sql.Placeholder("id")` is `%(id)s`."""
    span = Span(source.path, node.start_byte, node.end_byte)
    if name == "Placeholder":
        if any(not is_plain(child) for child in values):
            return None
        text = f"%({literal(values[0], source).value})s" if values else "%s"
        return (_made(text, span, source),)
    parts: list[Part] = []
    for index, child in enumerate(values):
        inner = evaluator.parts(child)
        if all(isinstance(part, HolePart) for part in inner):
            return None
        before = Span(source.path, child.start_byte, child.start_byte + 1)
        parts.append(_made('."' if index else '"', before, source))
        parts.extend(part for part in inner)
        parts.append(_made('"', Span(source.path, child.end_byte - 1, child.end_byte), source))
    return tuple(parts) or None


def _made(text: str, span: Span, source: Source) -> LiteralPart:
    """Characters that stand for a place of the source and are not written there."""
    builder = LiteralBuilder(source.path, source.content)
    builder.escape(text, span.start, span.end)
    return builder.finish(span.start, span.end)
