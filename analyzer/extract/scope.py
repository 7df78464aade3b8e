"""What an expression means at its place: the text it evaluates to.

What comes in: a Structure and nodes. What goes out: Texts; Origins as `origins` tells them. This module does not know frameworks or SQL.
"""

from tree_sitter import Node

from analyzer.extract.assigned import Step, assigned
from analyzer.extract.branches import value_fork
from analyzer.extract.choices import Choices
from analyzer.extract.elements import in_turn
from analyzer.extract.files import read_file
from analyzer.extract.meanings import MANY, Meaning, meaning
from analyzer.extract.origins import Origins
from analyzer.extract.structure import Structure
from analyzer.extract.texts import folded, text_of
from analyzer.facts.origin import CallOrigin, Origin
from analyzer.facts.part import Part
from analyzer.facts.part.written import HolePart, LiteralPart, NamePart
from analyzer.facts.source import Span
from analyzer.facts.text import Text

_DEPTH = 24
# Operands of one text: what is longer is generated, and names that double at every step would never end.
_OPERANDS = 2000


class Scope:
    """Evaluation over one file's Structure."""

    def __init__(self, structure: Structure) -> None:
        self.structure = structure
        self.host = structure.host
        self.syntax = structure.host.syntax
        self.unwrapped = self.syntax.unwrapped
        self._depth = 0
        self._operands = 0
        self.choices = Choices()
        self._origins = Origins(structure, self.choices, self)
        self.paths: dict[int, tuple[Step, ...]] = {}
        self.pieces = False
        # What a reader that goes through calls and loops knows of parameters and loop variables, by function or loop and name.
        self.given: dict[tuple[Span, str], Node | tuple[Node, ...]] = {}

    # ------------------------------------------------------------------ names
    def meaning(self, name: str, at: int) -> Meaning:
        return meaning(self.structure, name, at)

    def constant(self, name: str) -> tuple[Part, ...] | None:
        """The text of a module-level (`SQL`) or class-level (`Repo.SQL`) name of this file that is bound once."""
        found = self.structure.bindings_in.get((name, None), [])
        owner, _, plain = name.rpartition(".")
        if owner and not found:
            found = self.structure.bindings_in.get((plain, None), [])
        found = [b for b in found if (self.structure.owners.innermost(b.start) or "") in (owner, "")]
        value = found[0].value if len(found) == 1 else None
        return None if value is None or found[0].mutation or found[0].destructured else self.parts(value)

    def bound(self, node: Node) -> tuple[Node, bool] | None:
        """The one expression a name stands for, and whether it is changed in place; an expression stands for itself."""
        node = self.unwrapped(node)
        name = folded(node) if node.end_byte - node.start_byte <= MANY else ""
        if node.type not in self.syntax.identifiers and (
            name not in self.structure.bindings or not self._is_entry(name, node.start_byte)
        ):
            return node, False
        meaning = self.meaning(name, node.start_byte)
        given = self.handed(meaning, name)
        if given is not None:
            return self.bound(given)
        plain = [binding for binding in meaning.bindings if not binding.mutation]
        if len(plain) != 1 or plain[0].value is None or plain[0].destructured:
            return None
        return self.unwrapped(plain[0].value), len(plain) < len(meaning.bindings)

    def handed(self, meaning: Meaning, name: str) -> Node | None:
        """What a parameter or loop variable is known to be just now."""
        found = self._given(meaning, name)
        return None if isinstance(found, tuple) else found

    def spread(self, meaning: Meaning, name: str) -> tuple[Node, ...] | None:
        """What a parameter that takes all that is left is known to hold just now."""
        found = self._given(meaning, name)
        return found if isinstance(found, tuple) else None

    def _given(self, meaning: Meaning, name: str) -> Node | tuple[Node, ...] | None:
        if not self.given:
            return None
        if meaning.loop is not None:
            return self.given.get((meaning.loop.loop.span, name))
        return self.given.get((meaning.parameter[1].span, name)) if meaning.parameter is not None else None

    def _is_entry(self, name: str, at: int) -> bool:
        """Whether a dotted name is an entry of the object that its first part means here."""
        root, whole = self.meaning(name.partition(".")[0], at), self.meaning(name, at)
        return root.module == whole.module and root.loop is None and root.parameter is None and len(root.bindings) == 1

    def _is_imported(self, name: str, at: int) -> bool:
        """Whether a dotted name is a field of what an import of this file gives, where objects hold texts."""
        root = name.partition(".")[0]
        if not self.syntax.objects or root not in self.structure.aliases:
            return False
        found = self.meaning(root, at)
        return found.loop is None and found.parameter is None and all(b.function is None for b in found.bindings)

    def _kept(self, name: str, at: int) -> tuple[Part, ...] | None:
        """The text that an object keeps under a name for all of its methods; None where it is not one text that stands in its class."""
        target, _, field = name.partition(".")
        owner = self.structure.owners.innermost(at)
        value = self.structure.members.get((owner, field)) if owner and target in self.syntax.receivers else None
        parts = self.parts(value) if value is not None else ()
        return parts if parts and all(isinstance(part, LiteralPart | NamePart) for part in parts) else None

    def _qualified(self, name: str, at: int) -> str:
        """`self.SQL` is `Repo.SQL` inside of Repo."""
        target, _, field = name.partition(".")
        owner = self.structure.owners.innermost(at)
        return f"{owner}.{field}" if owner and (target in self.syntax.receivers or target == "Self") else name

    # ------------------------------------------------------------------ texts
    def text(self, node: Node) -> Text:
        """The string an expression evaluates to, in parts."""
        return Text(self.structure.span(node), self._joined(self.parts(node)))

    def parts(self, node: Node) -> tuple[Part, ...]:
        self._operands = self._operands + 1 if self._depth else 0
        if self._depth >= _DEPTH or self._operands > _OPERANDS:
            return (self._hole(node),)
        self._depth += 1
        try:
            return self._parts(node)
        finally:
            self._depth -= 1

    def _parts(self, node: Node) -> tuple[Part, ...]:
        inner = self.unwrapped(node)
        parts = self.host.string(inner, self.structure.source, self)
        if parts is not None:
            return parts
        file = read_file(inner, self, self.structure.source.path)
        if file is not None:
            return (NamePart(file, self.structure.span(inner)),)
        fork = value_fork(inner)
        if fork is not None:
            taken = self.choices.taken(fork.choice) if fork.choice.count > 1 else 0
            value = fork.branches[taken] if taken is not None else None
            return self.parts(value) if value is not None else (self._hole(inner),)
        if inner.type in self.syntax.identifiers:
            return self.named(text_of(inner), self.structure.span(inner))
        if inner.type in self.syntax.members or inner.type == "scoped_identifier":
            name = folded(inner).replace("::", ".")
            loop = self.meaning(name.partition(".")[0], inner.start_byte).loop
            if loop is not None:
                return in_turn(self, loop, name) or (self._hole(inner),)
            kept = self._kept(name, inner.start_byte)
            if kept is not None:
                return kept
            if name in self.structure.bindings and self._is_entry(name, inner.start_byte):
                return self.named(name, self.structure.span(inner))
            entry = self._entry_of_result(inner, name)
            if entry is not None:
                return (entry,)
            # A field in capitals is a constant by every language's convention, as is one of an imported object of texts; other
            # fields hold what nobody here can know.
            if name.rpartition(".")[2].isupper() or self._is_imported(name, inner.start_byte):
                return (NamePart(self._qualified(name, inner.start_byte), self.structure.span(inner)),)
        return (self._hole(inner),)

    def _entry_of_result(self, node: Node, name: str) -> HolePart | None:
        """`query.text`, where the name is bound to what a call gives."""
        target = node.child_by_field_name(self.syntax.members.get(node.type, ""))
        origin = self.origin(target) if target is not None and name.endswith((".text", ".sql", ".query")) else None
        if not isinstance(origin, CallOrigin) or origin.field:
            return None
        return HolePart(self.structure.span(node), CallOrigin(origin.call, origin.callee, name.rpartition(".")[2]))

    def named(self, name: str, span: Span) -> tuple[Part, ...]:
        """The text of a name at a place, as its bindings before that place make it."""
        hole = HolePart(span, self._origins.of_name(name, span.start))
        meaning = self.meaning(name, span.start)
        given = self.handed(meaning, name)
        if given is not None:
            return self.parts(given)
        if meaning.loop is not None:
            return in_turn(self, meaning.loop, name) or (hole,)
        if meaning.parameter is not None:
            return (hole,)
        bindings = meaning.bindings
        if len(bindings) > 1:
            # `let sql;` only declares what is assigned afterwards.
            bindings = tuple(b for b in bindings if b.mutation or b.value is not None or b.destructured)
        # `const { CLEAR } = require("./sql")` binds what another file defines.
        if name in self.structure.aliases and all(binding.destructured for binding in bindings):
            return (NamePart(name, span),)
        if meaning.module:
            plain = [binding for binding in bindings if not binding.mutation]
            usable = len(plain) <= 1 and len(plain) == len(bindings)
            return (NamePart(name, span),) if usable else (hole,)
        if len(bindings) == 1 and bindings[0].destructured and isinstance(hole.origin, CallOrigin):
            hole = HolePart(span, CallOrigin(hole.origin.call, hole.origin.callee, name))
        return assigned(self, bindings, hole) or (hole,)

    def _hole(self, node: Node) -> HolePart:
        return HolePart(self.structure.span(node), self.origin(node))

    @staticmethod
    def _joined(parts: tuple[Part, ...]) -> tuple[Part, ...]:
        return tuple(part for part in parts if getattr(part, "value", None) != "")

    def origin(self, node: Node) -> Origin:
        """Where a value comes from."""
        return self._origins.of(node)
