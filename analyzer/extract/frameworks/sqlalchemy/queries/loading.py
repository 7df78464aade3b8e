"""Which relations a query is told to load, and which attributes of its rows a loop reads.

What comes in: Chains, the loops of a file. What goes out: paths of relations, RelationReads by the query that gives the rows. Rows are followed through names
of the same function and through a function of the same file that returns them. Source:
https://docs.sqlalchemy.org/en/20/orm/queryguide/relationships.html. This module does not know which attribute is a relation.
"""

from collections.abc import Iterator, Mapping
from functools import lru_cache

from msgspec import Struct
from tree_sitter import Node

from analyzer.extract.binding import LoopNode
from analyzer.extract.frameworks.sqlalchemy.queries.chains import Chains
from analyzer.extract.frameworks.sqlalchemy.queries.frames import Named
from analyzer.extract.frameworks.sqlalchemy.queries.names import Names
from analyzer.extract.frameworks.sqlalchemy.queries.roots import Chain
from analyzer.extract.frameworks.sqlalchemy.queries.spoken import given, method, segments
from analyzer.extract.texts import text_of
from analyzer.facts.query import RelationRead
from analyzer.facts.source import Span

_LOADS = frozenset({
    "selectinload", "joinedload", "subqueryload", "contains_eager", "immediateload", "defaultload", "raiseload", "noload", "lazyload",
    "selectin_polymorphic", "eagerload",
})  # fmt: skip
# Options that load no relation.
_OTHER = frozenset(
    {
        "load_only",
        "defer",
        "undefer",
        "undefer_group",
        "with_expression",
        "with_loader_criteria",
        "of_type",
        "Load",
        "options",
    }
)
_PASSES = frozenset({"all", "unique", "fetchall", "yield_per", "partitions", "execution_options", "scalars", "tuples"})
_RUNS = frozenset({"scalars", "stream_scalars", "execute", "stream", "exec"})
_COPIES = frozenset({"list", "tuple", "set", "sorted", "reversed", "iter", "enumerate"})
_DEPTH = 8
_NODES = 4000


class Rows(Struct, frozen=True):
    """Elements of a sequence: what a chain gives, behind a path of relations."""

    root: Span
    entity: str
    path: tuple[str, ...] = ()


# ---------------------------------------------------------------------- options
def eager(chain: Chain, chains: Chains) -> tuple[tuple[str, ...], ...]:
    """Paths of relations that the options of a chain speak of; all where an option is not known."""
    found: list[tuple[str, ...]] = []
    for step in chain.of("options"):
        for one in (*step.given.plain, *step.given.stars):
            found += _option(one, chains)
    return (("*",),) if chain.open else tuple(dict.fromkeys(found))


def _option(node: Node, chains: Chains) -> list[tuple[str, ...]]:
    """`selectinload(User.posts).joinedload(Post.tags)`"""
    links: list[tuple[str, Node]] = []
    node = chains.scope.unwrapped(node)
    while node.type == "call" and len(links) < _DEPTH:
        callee = node.child_by_field_name("function")
        dotted = segments(callee) if callee is not None else ()
        called = method(node)
        links.append((dotted[-1] if dotted else called[1] if called is not None else "", node))
        if called is None or called[0].type == "identifier" or segments(called[0]):
            break
        node = chains.scope.unwrapped(called[0])
    path: list[str] = []
    found: list[tuple[str, ...]] = []
    for name, call in reversed(links):
        if name in _OTHER:
            continue
        names = [_relation(one) for one in given(call).plain] if name in _LOADS else []
        if not names or not all(names):
            # Nobody here knows what it loads.
            return [("*",)]
        for relation in names:
            path += relation.split(".")
            found.append(tuple(path))
    return found if links else [("*",)]


def _relation(node: Node) -> str:
    if node.type == "string":
        return text_of(node).strip("\"'")
    for _ in range(_DEPTH):
        called = method(node)
        if called is None:
            break
        node = called[0]
    dotted = segments(node)
    return dotted[-1] if len(dotted) > 1 else ""


# ---------------------------------------------------------------------- loops
@lru_cache(maxsize=1)
def touched(chains: Chains) -> Mapping[Span, tuple[RelationRead, ...]]:
    """What loops read of rows, by the call that begins the query."""
    found: dict[Span, list[RelationRead]] = {}
    for entry in chains.scope.structure.loops.values:
        rows = (
            _elements(entry, chains, 0)
            if entry.over is not None and entry.loop.kind in ("for", "comprehension")
            else None
        )
        if rows is None:
            continue
        for node, path in _reads(entry, chains):
            read = RelationRead(chains.scope.structure.span(node), entry.loop.span, rows.entity, (*rows.path, *path))
            found.setdefault(rows.root, []).append(read)
    return {root: tuple(dict.fromkeys(reads)) for root, reads in found.items()}


def _elements(entry: LoopNode, chains: Chains, depth: int) -> Rows | None:
    """What the one variable of a loop stands for."""
    over = chains.scope.unwrapped(entry.over) if entry.over is not None else None
    if over is None or depth > _DEPTH:
        return None
    callee = over.child_by_field_name("function") if over.type == "call" else None
    counted = callee is not None and text_of(callee) == "enumerate"
    return _rows(over, chains, depth + 1) if len(entry.loop.variables) == (2 if counted else 1) else None


def _rows(node: Node, chains: Chains, depth: int, *, taken: bool = False) -> Rows | None:
    """The rows that a sequence holds; of `execute` they are tuples until they are `taken` by `scalars`."""
    node = chains.scope.unwrapped(node)
    if depth > _DEPTH:
        return None
    if node.type == "identifier":
        found = chains.scope.meaning(text_of(node), node.start_byte)
        plain = [b for b in found.bindings if not b.mutation and b.start < node.start_byte]
        value = plain[-1].value if plain and not found.module and not plain[-1].destructured else None
        chain = chains.of(node)
        return (
            _of_chain(chain, chains)
            if chain is not None
            else _rows(value, chains, depth + 1, taken=taken)
            if value is not None
            else None
        )
    if node.type == "attribute":
        return _behind(node, chains, depth)
    if node.type != "call":
        return None
    called, arguments = method(node), given(node)
    if called is None:
        callee = node.child_by_field_name("function")
        is_copy = callee is not None and text_of(callee) in _COPIES and bool(arguments.plain)
        return _rows(arguments.plain[0], chains, depth + 1, taken=taken) if is_copy else _returned(node, chains, depth)
    if called[1] in _RUNS and arguments.plain and (chain := chains.of(arguments.plain[0])) is not None:
        return _of_chain(chain, chains) if taken or called[1] in ("scalars", "stream_scalars", "exec") else None
    chain = chains.rows(node)
    if chain is not None:
        return _of_chain(chain, chains) if chain.kind == "query" else None
    if called[1] in _PASSES:
        return _rows(called[0], chains, depth + 1, taken=taken or called[1] == "scalars")
    return _returned(node, chains, depth)


def _of_chain(chain: Chain, chains: Chains) -> Rows | None:
    """Rows that are objects of one entity."""
    names = Names(chains)
    items = names.items(chain)
    whole = names.selectable(items[0]) if len(items) == 1 and not names.label(items[0]) else None
    if not isinstance(whole, Named) or chain.kind not in ("select", "query") or names.derived(chain) is not None:
        return None
    return Rows(chains.scope.structure.span(chain.root), whole.entity)


def _behind(node: Node, chains: Chains, depth: int) -> Rows | None:
    """`user.posts`, where `user` is an element of other rows."""
    dotted = segments(node)
    found = chains.scope.meaning(dotted[0], node.start_byte).loop if dotted else None
    outer = _elements(found, chains, depth + 1) if found is not None else None
    return Rows(outer.root, outer.entity, (*outer.path, *dotted[1:])) if outer is not None else None


def _returned(node: Node, chains: Chains, depth: int) -> Rows | None:
    """What a function of the same file returns."""
    callee = node.child_by_field_name("function")
    dotted = segments(callee) if callee is not None else ()
    if not dotted or (len(dotted) > 1 and dotted[0] not in ("self", "cls")) or len(dotted) > 2:
        return None
    structure = chains.scope.structure
    functions = [one for one in structure.all_functions if one.name == dotted[-1]]
    if len(functions) != 1:
        return None
    inner = [one for one in structure.returned if structure.function_at(one.start_byte) == functions[0].span]
    return _rows(inner[0], chains, depth + 2) if len(inner) == 1 else None


def _reads(entry: LoopNode, chains: Chains) -> Iterator[tuple[Node, tuple[str, ...]]]:
    """Attributes of a loop's variable that its body reads."""
    over = entry.over
    outer = over.parent if over is not None else None
    body = (
        outer.child_by_field_name("body")
        if outer is not None and outer.type == "for_statement"
        else outer.parent
        if outer is not None
        else None
    )
    variable = entry.loop.variables[-1].encode() if entry.loop.variables else b""
    stack, budget = [body] if body is not None else [], _NODES
    while stack and budget:
        node, budget = stack.pop(), budget - 1
        if node.type == "attribute" and (dotted := segments(node)):
            if dotted[0].encode() == variable and _is_read(node) and _is_of(node, dotted[0], entry, chains):
                yield node, dotted[1:]
            continue
        stack.extend(reversed(node.named_children))


def _is_read(node: Node) -> bool:
    parent = node.parent
    return parent is None or parent.type != "assignment" or parent.child_by_field_name("left") != node


def _is_of(node: Node, name: str, entry: LoopNode, chains: Chains) -> bool:
    found = chains.scope.meaning(name, node.start_byte).loop
    return found is not None and found.loop.span == entry.loop.span
