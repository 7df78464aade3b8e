"""One statement in the making: names in quotes, lists of them, what stands for a node.

What comes in: nodes and their Scope. What goes out: parts of SQL. This module does not know operations.
"""

from collections.abc import Iterable, Sequence

from tree_sitter import Node

from analyzer.extract.building import Builder
from analyzer.extract.frameworks.alembic.names import is_sql, meant, method, plain
from analyzer.extract.frameworks.alembic.values import given
from analyzer.extract.frameworks.sqlalchemy.expressions import expression_sql
from analyzer.extract.scope import Scope
from analyzer.facts.origin import ParameterOrigin
from analyzer.facts.part import Part
from analyzer.facts.part.definitions import ConstraintPart
from analyzer.facts.part.written import GivenPart, HolePart, IdentifierPart, LiteralPart
from analyzer.facts.source import Dialect

# `op.f("ix_users_name")`, `quoted_name("Users", quote=True)`: the name as it stands.
_AS_IT_STANDS = frozenset({"f", "quoted_name", "Identifier", "conv", "inline_literal", "str"})


class Statement(Builder):
    """Parts of one statement. `node` is the call that it stands for."""

    def __init__(self, scope: Scope, node: Node, words: str = "") -> None:
        super().__init__(scope)
        self.node = node
        if words:
            self.say(words, node)

    def add(self, words: str) -> "Statement":
        """SQL's own words."""
        self.say(words, self.node)
        return self

    def name(self, node: Node | None, space: Node | None = None) -> "Statement":
        """A name of the database, in its schema where that is said; a hole where it is not known."""
        if space is not None and meant(space, self.scope).type != "none":
            outer, inner = self._named(space), self._named(node) if node is not None else ()
            if (
                len(outer) == len(inner) == 1
                and isinstance(outer[0], IdentifierPart)
                and isinstance(inner[0], IdentifierPart)
            ):
                self.put(IdentifierPart(inner[0].span, (*outer[0].words, *inner[0].words)))
            else:
                self.put(*outer, LiteralPart(".", self.span(space), ()), *(inner or (self._hole(self.node),)))
            return self
        self.put(*(self._named(node) if node is not None else (self._hole(self.node),)))
        return self

    def word(self, word: str, node: Node | None = None) -> "Statement":
        """A name of the database that is known, standing for a node."""
        self.put(IdentifierPart(self.span(node or self.node), (word,)))
        return self

    def names(self, nodes: Iterable[Node] | None) -> "Statement":
        """Names between commas; a hole where they are not known."""
        if nodes is None:
            self.put(self._hole(self.node))
        for at, node in enumerate(nodes or ()):
            self.add(", " if at else "").name(node)
        return self

    def all(self, parts: Iterable[Part]) -> "Statement":
        self.put(*parts)
        return self

    def constraint(
        self,
        kind: str,
        name: Node | None,
        table: str | None,
        columns: Sequence[str | None] = (),
        target: tuple[str, tuple[str, ...]] = ("", ()),
        *,
        bare: bool = False,
    ) -> "Statement":
        """`CONSTRAINT name ` as the source or the project's convention has it; a name that stands as it is is none of the convention's."""
        said = name if name is not None and meant(name, self.scope).type != "none" else None
        known = tuple(one for one in columns if one is not None)
        word = plain(said, self.scope) if said is not None else ""
        stands = said is not None and as_it_stands(said, self.scope).id != meant(said, self.scope).id
        if table is not None and word is not None and not stands and len(known) == len(columns):
            self.put(ConstraintPart(self.span(said or self.node), kind, table, known, word, *target, bare))
        elif said is not None:
            self.add("" if bare else "CONSTRAINT ").name(said).add("" if bare else " ")
        elif bare:
            self.name(None)
        return self

    def expression(self, node: Node, dialect: Dialect) -> "Statement":
        """SQL that the source writes, as one engine gets it."""
        inner = meant(node, self.scope)
        for word in expression_sql(inner, self.scope).words(dialect) or (self._hole(inner),):
            if isinstance(word, str):
                self.say(word, inner)
            else:
                self.put(word)
        return self

    def sent(self, *dialects: Dialect) -> tuple[tuple[Part, ...], tuple[Dialect, ...]]:
        """The statement, for the engines that get it; all of them where none is said."""
        return tuple(part for part in self.parts if getattr(part, "value", None) != ""), dialects or (
            "postgres",
            "sqlite",
            "mysql",
        )

    def _hole(self, node: Node) -> HolePart:
        return HolePart(self.span(node), self.scope.origin(node))

    def _named(self, node: Node) -> tuple[Part, ...]:
        inner = as_it_stands(node, self.scope)
        parts = self.scope.text(inner).parts
        if parts and not is_sql(inner) and all(isinstance(part, LiteralPart) for part in parts):
            value = "".join(part.value for part in parts if isinstance(part, LiteralPart))
            return (IdentifierPart(self.span(node), (value,)),)
        if len(parts) == 1 and isinstance(parts[0], HolePart) and isinstance(parts[0].origin, ParameterOrigin):
            return (GivenPart(self.span(node), parts[0].origin.name),)
        return parts or (self._hole(node),)


def as_it_stands(node: Node, scope: Scope) -> Node:
    """A name without what says that it is one."""
    node = meant(node, scope)
    target, name = method(node)
    if name in _AS_IT_STANDS and (target is not None or name != "f"):
        arguments = given(node, scope)
        if arguments.positional:
            return meant(arguments.positional[0], scope)
    return node
