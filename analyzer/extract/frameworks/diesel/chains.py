"""Chains of Diesel's calls as statements: what they begin with, and what each call adds.

What comes in: the node of a call or a name, and its Scope. What goes out: a Statement, None where the chain does not begin with anything of
Diesel's. Sources: docs.rs/diesel, `QueryDsl`, `JoinDsl`, `insert_into`, `update`, `delete`, `upsert`, `associations`. A function of the project that
gives a part of a query stands in the text by its name. This module does not know where a chain runs.
"""

from functools import lru_cache

from tree_sitter import Node

from analyzer.extract.building import Builder
from analyzer.extract.frameworks.diesel import clauses, joins, names, writes
from analyzer.extract.frameworks.diesel.expressions import Expressions
from analyzer.extract.frameworks.diesel.operators import (
    CHANGES,
    FILTERS,
    INSERTS,
    JOINS,
    LINKS,
    NO_LINKS,
    NO_QUERIES,
    ORDERS,
)
from analyzer.extract.frameworks.diesel.statement import Parts, Statement, place_of
from analyzer.extract.frameworks.diesel.values import form_type
from analyzer.extract.scope import Scope
from analyzer.extract.texts import text_of
from analyzer.facts.origin import UnknownOrigin
from analyzer.facts.part.entities import TablePart
from analyzer.facts.part.written import HolePart, NamePart

_DEPTH = 60
_STEPS = 3000


class Chains:
    """Statements of one file."""

    def __init__(self, scope: Scope) -> None:
        self.scope = scope
        self._depth = 0
        self._steps = 0

    def statement(self, node: Node) -> Statement | None:
        """A fresh Statement of what a node stands for."""
        # Branches that go on with one name double what is read at every step.
        self._steps = self._steps + 1 if self._depth else 0
        self._depth += 1
        try:
            within = self._depth <= _DEPTH and self._steps <= _STEPS
            return self._statement(names.plain(node)) if within else None
        finally:
            self._depth -= 1

    def subquery(self, node: Node, depth: int) -> Builder | None:  # noqa: ARG002 - an own count bounds it
        """The SELECT that a node stands for, as a Builder holds it."""
        found = self.statement(node) if self._depth < _DEPTH else None
        if found is None or found.verb != "select" or (not found.source and found.selected is None):
            return None
        # A bare function of another file may be an expression as well.
        if found.why == "function":
            return None
        builder = Builder(self.scope)
        builder.put(*found.parts())
        return builder

    def _statement(self, node: Node) -> Statement | None:
        method = names.called(node)
        if method is not None:
            return self._linked(node, *method[:3])
        if node.type == "call_expression":
            return self._function(node)
        if node.type in ("identifier", "scoped_identifier"):
            return self._named(node)
        if node.type in ("if_expression", "match_expression", "block"):
            found = [
                one
                for one in (self.statement(tail) for tail in names.branches(node) if tail.id != node.id)
                if one is not None
            ]
            for other in found[1:]:
                found[0].take(other)
            return found[0] if found else None
        return None

    def _named(self, node: Node) -> Statement | None:
        entity = names.table(node, self.scope)
        if entity:
            made = self._new("select", node)
            made.source, made.others = (TablePart(made.span, entity),), [entity]
            return made
        value = names.value_of(node, self.scope) if node.type == "identifier" else None
        alias = names.alias_of(value) if value is not None and value.type == "macro_invocation" else None
        if alias is not None:
            made = self._new("select", node)
            made.source = (TablePart(made.span, f"*{alias[0]}", alias[1]),)
            return made
        return self.statement(value) if value is not None and value.id != node.id else None

    def _new(self, verb: str, node: Node) -> Statement:
        return Statement(verb, self.scope.structure.span(node))

    def _function(self, node: Node) -> Statement | None:
        path, given = names.callee(node), names.given(node)
        if path is None:
            return None
        owner, _, name = text_of(path).rpartition("::")
        own = not owner or owner in ("diesel", "dsl", "diesel::dsl", "diesel::query_builder")
        if own and name in INSERTS and len(given) == 1:
            return self._target(INSERTS[name], node, given[0])
        if own and name in CHANGES and len(given) == 1:
            made = self._target(CHANGES[name], node, given[0])
            made.returned = () if name == "uplete" else None
            return made
        if own and name == "select" and len(given) == 1:
            made = self._new("select", node)
            made.selected = self.sql(given[0])
            return made
        if own and name == "sql_query" and len(given) == 1:
            made = self._new("raw", node)
            made.raw = self.scope.text(given[0]).parts
            return made
        if name == "belonging_to" and owner.rpartition("::")[2][:1].isupper():
            return self._children(node, names.dotted(path, self.scope).rpartition(".")[0], given)
        closure = names.value_of(path, self.scope) if path.type == "identifier" else None
        if closure is not None and closure.type == "closure_expression":
            body = closure.child_by_field_name("body")
            return next((self.statement(tail) for tail in names.branches(body)), None) if body is not None else None
        if (
            not name[:1].islower()
            or name in NO_QUERIES
            or any(names.column(names.plain(one), self.scope) for one in given)
        ):
            return None
        inner = (self.statement(one) for one in given)
        # A function that is given a query gives it back, with more to it.
        taken = next(
            (one for one in inner if one is not None and one.verb == "select" and one.source and not one.why), None
        )
        return taken or self._fragment(node, names.dotted(path, self.scope))

    def _target(self, verb: str, node: Node, target: Node) -> Statement:
        made = self._new(verb, node)
        inner = self.statement(target)
        type_ = form_type(target, self.scope) if inner is None or inner.why else ""
        if inner is not None and inner.verb == "select" and not type_:
            made.source, made.others, made.filters = inner.source, inner.others, inner.filters
            return made
        if type_ and verb in ("update", "delete"):
            span = self.scope.structure.span(target)
            made.source = (NamePart(f"*{type_}.#table", span),)
            made.filters[place_of(target)] = (NamePart(f"*{type_}.#key", span),)
        else:
            made.source = (HolePart(made.span, UnknownOrigin()),)
            made.filters[place_of(target)] = (HolePart(made.span, UnknownOrigin()),)
            made.why = "dynamic-table"
        return made

    def _children(self, node: Node, owner: str, given: list[Node]) -> Statement:
        """`Post::belonging_to(&user)`."""
        made = self._new("select", node)
        made.source = (NamePart(f"*{owner}.#table", made.span),)
        key = NamePart(f"*{owner}.#belongs", made.span)
        values = self.value(given[0]) if given else (HolePart(made.span, UnknownOrigin()),)
        made.filters[place_of(node)] = (key, made.say(" = "), *values)
        made.selected = (NamePart(f"*{owner}.#all", made.span),)
        return made

    def _fragment(self, node: Node, path: str) -> Statement:
        """A function of the project that gives a query, by the name of what it gives."""
        made = self._new("select", node)
        made.source, made.selected = (
            (NamePart(f"*{path}.#from", made.span),),
            (NamePart(f"*{path}.#select", made.span),),
        )
        made.filters[place_of(node)] = (NamePart(f"*{path}.#where", made.span),)
        made.why = "function"
        return made

    def _linked(self, node: Node, value: Node, name: str, given: list[Node]) -> Statement | None:
        # An iterator's `filter` is given a closure.
        if name in NO_LINKS or any(one.type == "closure_expression" for one in given):
            return None
        if name == "insert_into" and len(given) == 1:
            inserted = self._target("insert", node, given[0])
            writes.values(self, inserted, value)
            return inserted
        made = self.statement(value)
        if made is None:
            return self._own_method(node, value, name)
        place = place_of(node)
        if made.why == "function":
            # What a function gives is a query where it goes on like one.
            if name not in LINKS:
                return None
            made.why = ""
        if name in FILTERS and given:
            made.filters[place] = self.sql(given[0])
        elif name == "find" and given:
            clauses.find(self, made, node, given[0])
        elif name in JOINS and given:
            joins.join(self, made, JOINS[name], given[0], place)
        elif name == "select" and given:
            made.selected = self.sql(given[0])
        elif name in ORDERS and given:
            if name != "then_order_by":
                made.orders.clear()
            made.orders[place] = self.sql(given[0])
        elif name == "group_by" and given:
            made.groups[place] = self.sql(given[0])
        elif name == "having" and given:
            made.having[place] = self.sql(given[0])
        elif name in ("limit", "offset") and given:
            made.limited[name.upper()] = self.value(given[0])
        else:
            clauses.add(self, made, node, name, given)
        return made

    def _own_method(self, node: Node, value: Node, name: str) -> Statement | None:
        """`self.make_query()`, of a method in this impl."""
        inner = names.plain(value)
        if inner.type not in ("self", "identifier") or name in NO_LINKS:
            return None
        owner = names.own_type(node, self.scope) if inner.type == "self" else form_type(inner, self.scope)
        return self._fragment(node, f"{owner}.{name}") if owner else None

    def sql(self, node: Node) -> Parts:
        builder = Builder(self.scope)
        Expressions(builder, self.subquery).write(node)
        return tuple(builder.parts)

    def value(self, node: Node) -> Parts:
        builder = Builder(self.scope)
        Expressions(builder, self.subquery).value(node)
        return tuple(builder.parts)


@lru_cache(maxsize=2)
def chains(scope: Scope) -> Chains:
    """The Chains of a file."""
    return Chains(scope)
