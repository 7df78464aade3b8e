"""SQLAlchemy's statements and session queries: which calls are sites, and their Queries.

What comes in: a Site of a call. What goes out: Queries whose texts mention entities. A statement inside of another is part of that one's site. This module
does not know what a table declares.
"""

from collections.abc import Iterator
from functools import lru_cache

from msgspec.structs import replace
from tree_sitter import Node

from analyzer.extract.frameworks.framework import Site
from analyzer.extract.frameworks.sqlalchemy.queries.chains import Chains
from analyzer.extract.frameworks.sqlalchemy.queries.loading import eager, touched
from analyzer.extract.frameworks.sqlalchemy.queries.sessions import session_texts
from analyzer.extract.frameworks.sqlalchemy.queries.statements import Statements
from analyzer.extract.scope import Scope
from analyzer.extract.sites import make_query
from analyzer.facts.part.written import LiteralPart
from analyzer.facts.query import Arguments, Query
from analyzer.facts.text import Text

_DEPTH = 200


@lru_cache(maxsize=1)
def _chains(scope: Scope) -> Chains:
    return Chains(scope)


def refine(site: Site) -> Iterator[Query]:
    """The query of one chain of calls."""
    node, chains = site.captures["query"][0], _chains(site.scope)
    root = chains.root(node)
    if root is None:
        for place, text, statements in session_texts(node, chains):
            yield _query(site, place, text, statements)
    elif (chain := chains.at(root)).is_run or not _is_inner(node, chains):
        statements = Statements(chains)
        query = _query(site, root.root, statements.text(chain), statements)
        yield replace(query, eager=eager(chain, chains), touched=touched(chains).get(query.span, ()))


def _query(site: Site, place: Node, text: Text, statements: Statements) -> Query:
    # Only one engine has this clause.
    own = any(isinstance(part, LiteralPart) and "ON DUPLICATE KEY" in part.value for part in text.parts)
    bound = Arguments(tuple(statements.b.arguments))
    query = make_query(site, "sqlalchemy", place, text, arguments=bound, dialect="mysql" if own else "")
    return replace(query, built=True)


def _is_inner(node: Node, chains: Chains) -> bool:
    """Whether a statement stands among the arguments of another's chain."""
    at, depth = node.parent, 0
    while at is not None and depth < _DEPTH and at.type not in ("block", "module", "lambda"):
        if at.type == "call" and not _is_target(at, node) and chains.of(at) is not None:
            return True
        at, depth = at.parent, depth + 1
    return False


def _is_target(call: Node, node: Node) -> bool:
    """Whether a call is of a method of the node's own chain."""
    callee = call.child_by_field_name("function")
    return callee is not None and callee.start_byte <= node.start_byte and node.end_byte <= callee.end_byte
