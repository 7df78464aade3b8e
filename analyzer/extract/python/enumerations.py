"""Closed sets of values in Python: enum classes and `Literal` aliases.

What comes in: nodes of tree-sitter-python. What goes out: Enumerations. Sources: the documentation of `enum` (`auto` gives numbers from 1, in a StrEnum the
name in lower case; in other enums over str nothing certain) and `typing` (Literal, TypeAlias, the `type` statement), Django's "Enumeration
types" (a choice is a value and its label). This module does not know other files.
"""

from collections.abc import Iterator

from tree_sitter import Node

from analyzer.extract.languages import matches
from analyzer.extract.python.strings import is_plain, literal
from analyzer.extract.texts import folded, text_of
from analyzer.facts.enumeration import Enumeration, Member
from analyzer.facts.source import Source, Span

_ENUMS = frozenset({"Enum", "StrEnum", "IntEnum", "TextChoices", "IntegerChoices"})
_LABELLED = frozenset({"TextChoices", "IntegerChoices"})


def enumerations(root: Node, source: Source) -> tuple[Enumeration, ...]:
    """Every enum class, and every alias of a Literal, of a module."""
    found: dict[str, Enumeration] = {}
    for captures, _ in matches("python", "enumerations", root):
        one = _class(captures["class"][0], source) if "class" in captures else _alias(captures, source)
        if one is not None:
            found.setdefault(one.name, one)
    return tuple(sorted(found.values(), key=lambda one: one.span))


def _class(node: Node, source: Source) -> Enumeration | None:
    name, body, above = (node.child_by_field_name(field) for field in ("name", "body", "superclasses"))
    bases = [folded(base).rpartition(".")[2] for base in above.named_children] if above is not None else []
    kind = next((base for base in bases if base in _ENUMS), "")
    if name is None or body is None or not kind:
        return None
    found = list(_members(body, kind, bases, source))
    kept = tuple(member for member in found if member is not None)
    # What `_missing_` makes of a value nobody lists is not known.
    whole = len(kept) == len(found) and b"_missing_" not in (body.text or b"")
    span = Span(source.path, name.start_byte, name.end_byte)
    return Enumeration(span, text_of(name), "python", kept, complete=whole) if kept else None


def _members(body: Node, kind: str, bases: list[str], source: Source) -> Iterator[Member | None]:
    counted: int | None = 0
    for statement in body.named_children:
        assignment = statement.named_children[0] if statement.named_children else None
        if statement.type != "expression_statement" or assignment is None or assignment.type != "assignment":
            continue
        name, value = assignment.child_by_field_name("left"), assignment.child_by_field_name("right")
        if name is None or value is None or name.type != "identifier" or text_of(name).startswith("_"):
            continue
        if kind in _LABELLED and value.type in ("expression_list", "tuple") and value.named_children:
            value = value.named_children[0]
        text = _auto(text_of(name), kind, bases, counted) if _is_auto(value) else constant(value, source)
        counted = int(text) if text is not None and text.removeprefix("-").isdecimal() else None
        yield None if text is None else Member(_span(assignment, source), text, text_of(name))


def _is_auto(value: Node) -> bool:
    return value.type == "call" and folded(value) in ("auto()", "enum.auto()")


def _auto(name: str, kind: str, bases: list[str], counted: int | None) -> str | None:
    if kind == "StrEnum":
        return name.lower()
    return str(counted + 1) if counted is not None and "str" not in bases else None


def _alias(captures: dict[str, list[Node]], source: Source) -> Enumeration | None:
    name, value = captures["alias"][0], captures["literal"][0]
    head, *rest = value.named_children
    inner = [child for one in rest for child in (one.named_children if one.type == "type_parameter" else [one])]
    if text_of(head).rpartition(".")[2] != "Literal" or not inner:
        return None
    listed = [child.named_children[0] if child.type == "type" and child.named_children else child for child in inner]
    texts = [constant(one, source) for one in listed if one.type not in ("comment", "none")]
    members = tuple(
        Member(_span(one, source), text) for one, text in zip(listed, texts, strict=False) if text is not None
    )
    span = Span(source.path, name.start_byte, name.end_byte)
    return Enumeration(span, text_of(name), "python", members) if members and len(members) == len(texts) else None


def constant(node: Node, source: Source) -> str | None:
    """A string or a whole number."""
    if node.type == "string":
        return literal(node, source).value if is_plain(node) else None
    text = text_of(node)
    return text if node.type in ("integer", "unary_operator") and text.removeprefix("-").isdecimal() else None


def _span(node: Node, source: Source) -> Span:
    return Span(source.path, node.start_byte, node.end_byte)
