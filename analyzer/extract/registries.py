"""Lists that a program goes through, element by element.

What comes in: a tree and its Scope. What goes out: Registries: lists whose elements hold statements, and lists that sound like migrations.
What their functions do, and who goes through them, is for the program to find out. This module does not know frameworks.
"""

import re
from collections.abc import Iterator

from msgspec import Struct
from tree_sitter import Node

from analyzer.extract.languages import matches, parse_part
from analyzer.extract.scope import Scope
from analyzer.extract.texts import folded, plain_value, text_of
from analyzer.facts.origin import CallOrigin, LiteralOrigin
from analyzer.facts.part.written import HolePart, LiteralPart, NamePart
from analyzer.facts.registry import MODULE, Entry, Registry
from analyzer.facts.source import Span
from analyzer.facts.text import Text
from analyzer.sql.recognise import looks_like_sql

# What people call steps of a schema; a list without a statement must sound like one.
_STEPS = re.compile(r"migrat|schema|upgrade|version|evolution|patch|changelog|changeset", re.IGNORECASE)
_BACK = re.compile(r"down|revert|rollback|undo|downgrade|uninstall", re.IGNORECASE)
_NAMES = frozenset(
    {"scoped_identifier", "identifier", "member_expression", "attribute", "shorthand_property_identifier"}
)
_MANY = 2000
_NODES = 4000
_MENTIONS = 16
_LONGEST = 200_000


class _Found(Struct):
    """What an element holds, as it is walked."""

    name: str = ""
    texts: list[Text] = []
    down: list[Text] = []
    mentions: list[str] = []
    back: list[Span] = []
    acts: bool = False


def registries(scope: Scope, root: Node) -> tuple[Registry, ...]:
    """The lists of a file, in source order; one inside another is the outer one's."""
    structure = scope.structure
    if not structure.speaks_sql and not _STEPS.search(structure.source.path):
        return ()
    pushes: dict[tuple[str, Span | None], list[Node]] = {}
    lists: list[tuple[Node, Node]] = []  # a list, and where it stands
    for captures, _ in matches(structure.source.language, "registries", root):
        if "push" in captures:
            key = (text_of(captures["push.list"][0]), structure.function_at(captures["push"][0].start_byte))
            pushes.setdefault(key, []).append(captures["push.entry"][0])
        elif "tokens" in captures:
            part = parse_part(structure.source.content, structure.source.language, captures["tokens"][0]).root_node
            lists += [(node, captures["tokens"][0]) for node in _arrays(part)]
        else:
            lists.append((captures["list"][0], captures["list"][0]))
    found = [
        *(_listed(scope, node, place) for node, place in _outermost(lists)),
        *(_pushed(scope, name, entries) for (name, _), entries in pushes.items()),
    ]
    return tuple(sorted((one for one in found if one is not None), key=lambda one: one.span))


def _arrays(part: Node) -> list[Node]:
    """The list that the tokens of a macro are, read again as an expression; a trailing comma leaves its elements in an error."""
    node = part
    while node.named_children and node.type not in ("array_expression", "ERROR"):
        node = node.named_children[0]
    return [node] if node.type in ("array_expression", "ERROR") else []


def _outermost(lists: list[tuple[Node, Node]]) -> Iterator[tuple[Node, Node]]:
    end = -1
    for node, place in sorted(lists, key=lambda entry: (entry[0].start_byte, -entry[0].end_byte)):
        if node.start_byte >= end:
            yield node, place
            end = node.end_byte


def _listed(scope: Scope, node: Node, place: Node) -> Registry | None:
    elements = [child for child in node.named_children if child.type not in scope.syntax.comments]
    if not elements or len(elements) > _MANY or node.end_byte - node.start_byte > _LONGEST:
        return None
    name, call = _bound_to(scope, place)
    return _registry(scope, scope.structure.span(node), name, call, elements)


def _pushed(scope: Scope, name: str, elements: list[Node]) -> Registry | None:
    path = scope.structure.source.path
    span = Span(path, elements[0].start_byte, elements[-1].end_byte)
    return _registry(scope, span, name, "", elements[:_MANY])


def _registry(scope: Scope, span: Span, name: str, call: str, elements: list[Node]) -> Registry | None:
    function = scope.structure.function_at(span.start)
    words = (name, call, span.path, _name_of(scope, function))
    sounds = any(_STEPS.search(word) for word in words)
    if not sounds and not any(_may_define(element) for element in elements):
        return None
    walked = [_walked(scope, element) for element in elements]
    if not any(found.texts for found in walked) and not (sounds and any(f.mentions or f.acts for f in walked)):
        return None
    entries = tuple(_entry(scope, node, found) for node, found in zip(elements, walked, strict=True))
    return Registry(span, name, entries, function, call)


def _may_define(node: Node) -> bool:
    return any(word in (node.text or b"").upper() for word in (b"CREATE", b"ALTER", b"DROP"))


def _name_of(scope: Scope, function: Span | None) -> str:
    return next((known.name for known in scope.structure.all_functions if known.span == function), "")


def _bound_to(scope: Scope, node: Node) -> tuple[str, str]:
    """(the name a list is bound to, the callee that takes it whole), "" for none."""
    call = ""
    outer = node.parent
    while outer is not None and outer.type not in scope.syntax.blocks:
        if outer.type in scope.syntax.calls and not call:
            callee = outer.child_by_field_name(scope.syntax.calls[outer.type][0])
            call = folded(callee, 120) if callee is not None else ""
        for field in ("name", "pattern", "left", "key"):
            target = outer.child_by_field_name(field)
            if target is not None and target.end_byte <= node.start_byte:
                return text_of(target)[:120], call
        outer = outer.parent
    return "", call


def _entry(scope: Scope, node: Node, found: _Found) -> Entry:
    # `kind: MigrationKind::Down` says so of the whole element.
    back = any(_BACK.fullmatch(mention.rpartition("::")[2]) for mention in found.mentions)
    return Entry(
        scope.structure.span(node),
        found.name,
        () if back else tuple(found.texts),
        tuple((*found.texts, *found.down) if back else found.down),
        tuple(dict.fromkeys(found.mentions))[:_MENTIONS],
        tuple(found.back),
    )


def _walked(scope: Scope, node: Node) -> _Found:
    found = _Found(texts=[], down=[], mentions=[], back=[])
    _walk(scope, node, found)
    return found


def _walk(scope: Scope, element: Node, found: _Found) -> None:
    """Everything in an element but the bodies of its functions: what those do are calls and queries of its span."""
    pending = [(element, False)]
    for _ in range(_NODES):
        if not pending:
            return
        node, back = pending.pop()
        if node.type in scope.syntax.comments:
            continue
        if _is_text(scope, node) and _take_text(scope, node, found, back=back):
            continue
        if node.type in scope.syntax.literals and not found.name and not _is_key(node):
            value = plain_value(text_of(node))
            found.name = str(value) if isinstance(value, str | int) and not isinstance(value, bool) else ""
        if node.type in _NAMES and not _is_key(node) and b"(" not in (node.text or b""):
            if not back:
                found.mentions.append(folded(node, 120))
            continue
        module = _required(scope, node)
        if module and not back:
            found.mentions.append(f"{MODULE}{module}")
            continue
        if _is_function(node):
            found.acts = True
            continue
        pending.extend(
            (child, back or _leads_back(scope, node, child, found)) for child in reversed(node.named_children)
        )


def _required(scope: Scope, node: Node) -> str:
    """The module that `require("./001_users")` names; "" for anything else."""
    callee = node.child_by_field_name("function") if node.type == "call_expression" else None
    arguments = node.child_by_field_name("arguments")
    if (
        callee is None
        or arguments is None
        or text_of(callee) not in ("require", "import")
        or not arguments.named_children
    ):
        return ""
    origin = scope.origin(arguments.named_children[0])
    return origin.value if isinstance(origin, LiteralOrigin) and isinstance(origin.value, str) else ""


def _is_text(scope: Scope, node: Node) -> bool:
    return node.type in scope.syntax.texts or node.type in scope.syntax.calls


def _take_text(scope: Scope, node: Node, found: _Found, *, back: bool) -> bool:
    """True where the node is a statement, which is kept. A name may be a statement of another file, or a function: it is kept as both."""
    text = scope.text(node)
    first = text.parts[0] if text.parts else None
    kept = found.down if back else found.texts
    if isinstance(first, LiteralPart) and looks_like_sql(text.skeleton):
        kept.append(text)
        return True
    if len(text.parts) != 1 or _is_callee(scope, node):
        return False
    if isinstance(first, NamePart) or (isinstance(first, HolePart) and isinstance(first.origin, CallOrigin)):
        kept.append(text)
    return isinstance(first, NamePart) and first.name.startswith("file:")


def _is_callee(scope: Scope, node: Node) -> bool:
    call = node.parent
    return call is not None and call.type in scope.syntax.calls and call.child_by_field_name("function") == node


def _is_key(node: Node) -> bool:
    parent = node.parent
    key = parent.child_by_field_name("key") if parent is not None else None
    field = parent.child_by_field_name("field") if parent is not None else None
    return node in (key, field)


def _is_function(node: Node) -> bool:
    return node.type in (
        "closure_expression",
        "arrow_function",
        "function_expression",
        "lambda",
        "method_definition",
        "block",
    )


def _leads_back(scope: Scope, node: Node, child: Node, found: _Found) -> bool:
    """Whether a child is the way back: under a key that says so, or given to a method that does."""
    if node.type in scope.syntax.members:
        return False  # `M::up(..).down(..)`: what a method is called on is not what it is given
    key = node.child_by_field_name("key") or node.child_by_field_name("field") or node.child_by_field_name("name")
    word = text_of(key) if key is not None and child != key else ""
    callee = node.child_by_field_name("function") if node.type in scope.syntax.calls else None
    if callee is not None and child != callee:
        word = folded(callee, 4000).replace("::", ".").rpartition(".")[2]
    back = bool(word) and _BACK.fullmatch(word) is not None
    if back:
        found.back.append(scope.structure.span(child))
    return back
