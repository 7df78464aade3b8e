"""Closed sets of values in TypeScript and JavaScript: unions of literals, enums, constant lists and objects, zod's choices.

What comes in: nodes of tree-sitter-typescript and -javascript. What goes out: Enumerations, types that are made of another declaration of the file with its
members. Sources: the TypeScript handbook ("Enums", "Literal types", "const assertions"), zod's documentation (`enum`, `nativeEnum`, `literal`,
`union`, `infer`). This module does not know other files.
"""

from collections.abc import Iterator

from msgspec.structs import replace
from tree_sitter import Node

from analyzer.extract.javascript.models import is_empty, members
from analyzer.extract.languages import matches
from analyzer.extract.texts import folded, text_of
from analyzer.facts.enumeration import Enumeration, Member
from analyzer.facts.source import Source, Span

_WRAPPED = frozenset({"as_expression", "satisfies_expression", "parenthesized_expression", "non_null_expression"})
_ROUNDS = 4

_Members = tuple[Member, ...]


def enumerations(root: Node, source: Source) -> tuple[Enumeration, ...]:
    """Every named closed set of a file."""
    pending = [found["enumeration"][0] for found, _ in matches(source.language, "enumerations", root)]
    known: dict[str, Enumeration] = {}
    # A type may be declared before what it is made of.
    for _ in range(_ROUNDS):
        left = []
        for node in sorted(pending, key=lambda one: one.start_byte):
            name = node.child_by_field_name("name")
            found = _declared(node, known, source)
            if name is None or found is None:
                left.append(node)
                continue
            span = Span(source.path, name.start_byte, name.end_byte)
            known.setdefault(text_of(name), Enumeration(span, text_of(name), source.language, found))
        if len(left) == len(pending):
            break
        pending = left
    return tuple(sorted(known.values(), key=lambda one: one.span))


def _declared(node: Node, known: dict[str, Enumeration], source: Source) -> _Members | None:
    value = node.child_by_field_name("value")
    match node.type:
        case "enum_declaration":
            body = node.child_by_field_name("body")
            found = list(_entries(body, source)) if body is not None else [None]
        case "type_alias_declaration" if value is not None:
            found = list(_union(value, known, source))
        case "variable_declarator" if value is not None:
            found = list(_constant(value, known, source))
        case _:
            return None
    kept = tuple(member for member in found if member is not None)
    return kept if kept and len(kept) == len(found) else None


def _entries(body: Node, source: Source) -> Iterator[Member | None]:
    """Members of an enum; without a value they count on from the one before."""
    following: int | None = 0
    for child in body.named_children:
        if child.type == "comment":
            continue
        name, value = child, None
        if child.type == "enum_assignment":
            name, value = child.child_by_field_name("name") or child, child.child_by_field_name("value")
        text = _literal(value) if value is not None else str(following) if following is not None else None
        following = (
            int(text) + 1
            if text is not None and text.isdecimal() and (value is None or value.type == "number")
            else None
        )
        yield _member(child, text, text_of(name).strip("'\""), source)


def _union(node: Node, known: dict[str, Enumeration], source: Source) -> Iterator[Member | None]:
    """`'draft' | 'sent'`, `(typeof STATES)[number]`, `z.infer<typeof State>`, `keyof typeof STATES`, another set's name."""
    for one in members(node):
        if is_empty(one):
            continue
        if one.type == "literal_type" and one.named_children:
            yield _member(one, _literal(one.named_children[0]), "", source)
            continue
        found = _made_of(one, known)
        yield from found if found is not None else (None,)


def _made_of(node: Node, known: dict[str, Enumeration]) -> _Members | None:
    text = folded(node, 200)
    if text.startswith("keyoftypeof"):
        entry = known.get(text.removeprefix("keyoftypeof"))
        named = entry is not None and all(member.name for member in entry.members)
        return tuple(replace(one, value=one.name) for one in entry.members) if entry is not None and named else None
    if node.type == "template_literal_type":
        # `${State}` is the texts of an enum.
        text = text.strip("`").removeprefix("${").removesuffix("}")
    for before, behind in (
        ("(typeof", ")[number]"),
        ("typeof", "[number]"),
        ("z.infer<typeof", ">"),
        ("z.output<typeof", ">"),
    ):
        if text.startswith(before) and text.endswith(behind):
            text = text[len(before) : -len(behind)].removesuffix(".options")
            break
    else:
        name, _, rest = text.removeprefix("(").removeprefix("typeof").partition("[keyoftypeof")
        text = name.removesuffix(")") if rest == f"{name.removesuffix(')')}]" else text
    entry = known.get(text)
    return entry.members if entry is not None else None


def _constant(node: Node, known: dict[str, Enumeration], source: Source) -> Iterator[Member | None]:
    """`[..] as const`, `{..} as const`, `Object.freeze(..)`, `z.enum(..)`."""
    frozen = False
    while node.type in _WRAPPED and node.named_children:
        frozen = frozen or (node.type == "as_expression" and node.children[-1].type == "const")
        node = node.named_children[0]
    if node.type == "call_expression":
        yield from _called(node, known, source)
    elif frozen:
        yield from _elements(node, source)


def _called(node: Node, known: dict[str, Enumeration], source: Source) -> Iterator[Member | None]:
    function, arguments = node.child_by_field_name("function"), node.child_by_field_name("arguments")
    first = next((child for child in arguments.named_children if child.type != "comment"), None) if arguments else None
    if function is None or first is None:
        return
    match folded(function, 60):
        case "Object.freeze" | "z.enum":
            entry = known.get(text_of(first))
            yield from entry.members if entry is not None else _elements(first, source)
        case "z.nativeEnum":
            entry = known.get(text_of(first))
            yield from entry.members if entry is not None else (None,)
        case "z.literal":
            yield _member(first, _literal(first), "", source)
        case "z.union" if first.type == "array":
            for child in first.named_children:
                if child.type != "comment":
                    yield from _called(child, known, source) if child.type == "call_expression" else (None,)
        case _:
            return


def _elements(node: Node, source: Source) -> Iterator[Member | None]:
    """Elements of a list, or values of an object with their keys; None for what is no literal."""
    while node.type in _WRAPPED and node.named_children:
        node = node.named_children[0]
    if node.type not in ("array", "object"):
        return
    for child in node.named_children:
        if child.type == "comment":
            continue
        key, value = child.child_by_field_name("key"), child.child_by_field_name("value")
        inner = child if node.type == "array" else value
        text = _literal(inner) if inner is not None else None
        yield _member(child, text, text_of(key).strip("'\"") if key is not None else "", source)


def _member(node: Node, text: str | None, name: str, source: Source) -> Member | None:
    return None if text is None else Member(Span(source.path, node.start_byte, node.end_byte), text, name)


def _literal(node: Node) -> str | None:
    """A string without escapes, or a whole number."""
    match node.type:
        case "string" | "template_string":
            plain = all(child.type == "string_fragment" for child in node.named_children)
            return text_of(node)[1:-1] if plain else None
        case "number" | "unary_expression":
            text = text_of(node)
            return text if text.removeprefix("-").isdecimal() else None
        case _:
            return None
