"""Statements of SQLAlchemy as SQL: the whole of one, with its subqueries, CTEs and what is put behind it by UNION.

What comes in: a Chain. What goes out: the Text of one query, and what is bound to it. This module does not know sessions beyond `query`.
"""

from msgspec.structs import replace
from tree_sitter import Node

from analyzer.extract.building import Builder
from analyzer.extract.frameworks.sqlalchemy.queries.chains import Chains
from analyzer.extract.frameworks.sqlalchemy.queries.expressions import Expressions
from analyzer.extract.frameworks.sqlalchemy.queries.frames import Derived, Frame, settled
from analyzer.extract.frameworks.sqlalchemy.queries.names import Names
from analyzer.extract.frameworks.sqlalchemy.queries.operators import COMPOUNDS
from analyzer.extract.frameworks.sqlalchemy.queries.roots import Chain
from analyzer.extract.frameworks.sqlalchemy.queries.selects import Selects
from analyzer.extract.frameworks.sqlalchemy.queries.spoken import Given
from analyzer.extract.frameworks.sqlalchemy.queries.writes import Writes
from analyzer.facts.part import Part
from analyzer.facts.part.written import IdentifierPart
from analyzer.facts.text import Text

_DEPTH = 12
# Statements inside of one: names that double at every step would never end.
_MANY = 100


class Statements:
    """Writes one statement, once."""

    def __init__(self, chains: Chains) -> None:
        self.b = Builder(chains.scope)
        self.names = Names(chains)
        self.frames: dict[int, Frame] = {}
        self._ctes: dict[str, list[Part]] = {}
        self._texts: dict[str, tuple[Part, ...]] = {}
        self._depth = self._written = 0
        self.x = Expressions(self.b, self.names, self.subquery, self.take)
        self.selects = Selects(self.x, self.take)
        self.writes = Writes(self.x, self.selects, self.statement)

    # ------------------------------------------------------------------ the whole
    def text(self, chain: Chain) -> Text:
        """The SQL of a chain that stands by itself."""
        self.statement(chain, None)
        return self.whole(chain.root)

    def whole(self, node: Node) -> Text:
        """What was written, with the CTEs it mentions in front."""
        body = list(self.b.parts)
        self.b.parts.clear()
        for at, (alias, parts) in enumerate(self._ctes.items()):
            self.b.say(", " if at else "WITH RECURSIVE ", node)
            self.b.put(IdentifierPart(self.b.span(node), (alias,)))
            self.b.say(" AS (", node)
            self.b.put(*parts)
            self.b.say(")", node)
        self.b.say(" " if self._ctes else "", node)
        self.b.put(*body)
        return settled(self.b.parts, self.frames, self.b.span(node))

    def statement(self, chain: Chain, outer: Frame | None) -> None:
        """A chain with what is put behind it."""
        frame = Frame(outer)
        self.frames[id(frame)] = frame
        self._written += 1
        if self._depth > _DEPTH or self._written > _MANY:
            self.b.unknown(chain.root)
            return
        self._depth += 1
        self._statement(chain, frame, outer)
        self._depth -= 1

    def _statement(self, chain: Chain, frame: Frame, outer: Frame | None) -> None:
        match kind_of(chain):
            case "compound":
                several = self.x.spread(chain.given)
                for at, one in enumerate(several):
                    self._part(one, COMPOUNDS[chain.name] if at else "", outer)
                if not several:
                    self.b.unknown(chain.root)
            case "select":
                items = self.names.items(chain)
                inner = self.names.chains.of(items[0]) if chain.kind == "exists" and len(items) == 1 else None
                self.selects.select(
                    replace(inner, steps=(*inner.steps, *chain.steps)) if inner is not None else chain, frame
                )
            case "insert":
                self.writes.insert(chain, frame)
            case "update":
                self.writes.update(chain, frame)
            case _:
                self.writes.delete(chain, frame)
        for step in chain.of(*COMPOUNDS):
            self._united(step.given, COMPOUNDS[step.name], outer)

    def _united(self, given: Given, word: str, outer: Frame | None) -> None:
        for one in self.x.spread(given):
            self._part(one, word, outer)

    def _part(self, node: Node, word: str, outer: Frame | None) -> None:
        """One SELECT of a UNION."""
        self.b.say(f" {word} " if word else "", node)
        chain = self.names.chains.of(node)
        if chain is not None:
            self.statement(chain, outer)
            return
        self.b.say("SELECT ", node)
        self.b.unknown(node)
        self.b.say(" FROM ", node)
        self.b.unknown(node)

    # ------------------------------------------------------------------ subqueries
    def subquery(self, chain: Chain, frame: Frame, node: Node) -> None:
        """A chain inside of an expression."""
        is_exists = chain.kind == "exists" or any(chain.of("exists"))
        derived = self.names.derived(chain)
        if derived is not None and derived.is_cte:
            self._piece(derived, frame)
            self.b.say("(SELECT * FROM ", node)
            self.b.put(IdentifierPart(self.b.span(node), (derived.alias,)))
        else:
            self.b.say("EXISTS (" if is_exists else "(", node)
            self.statement(chain, frame)
        self.b.say(")", node)

    def take(self, derived: Derived, frame: Frame) -> None:
        """A subquery among the tables of a frame."""
        if not frame.has_piece(derived.alias):
            frame.pieces[derived.alias] = self._piece(derived, frame)

    def _piece(self, derived: Derived, frame: Frame) -> tuple[Part, ...]:
        """What stands for a subquery in FROM; a recursive one mentions itself by its name."""
        root = derived.chain.root
        name = IdentifierPart(self.b.span(root), (derived.alias,))
        if derived.alias not in self._texts:
            self._texts[derived.alias] = (name,)
            parts = self._apart(derived, frame)
            if derived.is_cte:
                self._ctes[derived.alias] = parts
            else:
                made = Builder(self.b.scope)
                made.say("(", root)
                made.put(*parts)
                made.say(") AS ", root)
                self._texts[derived.alias] = (*made.parts, name)
        return self._texts[derived.alias]

    def _apart(self, derived: Derived, frame: Frame) -> list[Part]:
        """The text of a subquery, which sees the tables around it only where it is lateral."""
        kept = list(self.b.parts)
        self.b.parts.clear()
        self.statement(derived.chain, frame if any(derived.chain.of("lateral")) else None)
        parts = list(self.b.parts)
        self.b.parts[:] = kept
        return parts


def kind_of(chain: Chain) -> str:
    """What a chain runs: a query ends in a SELECT, DELETE or UPDATE."""
    if chain.kind == "query":
        return next((step.name for step in chain.steps if step.name in ("delete", "update")), "select")
    return "select" if chain.kind == "exists" else chain.kind
