"""What a foreign key of SQLAlchemy refers to, as SQL.

What comes in: `ForeignKey("users.id", ondelete="CASCADE")`, `ForeignKey(User.id)`. What goes out: REFERENCES with what follows it, and the names it
leads to. Source: https://docs.sqlalchemy.org/en/20/core/constraints.html. A dotted string is (schema.)table.column. This module does not know columns.
"""

from msgspec import Struct
from tree_sitter import Node

from analyzer.extract.frameworks.sqlalchemy.names import Call, is_true, last, string_of
from analyzer.extract.scope import Scope
from analyzer.extract.texts import folded, text_of
from analyzer.facts.part import Part
from analyzer.facts.part.entities import ColumnPart, TablePart
from analyzer.facts.part.written import HolePart, IdentifierPart, LiteralPart
from analyzer.facts.source import Span

_ACTIONS = {"ondelete": "ON DELETE", "onupdate": "ON UPDATE"}


class Target(Struct, frozen=True):
    """A column that a key leads to: `table` as SQL, `column` as SQL; `entity` and `attribute` where the code names a class or a table's variable.

    `words` are the physical table's, where they stand in the source.
    """

    table: tuple[Part, ...]
    column: Part
    words: tuple[str, ...] = ()
    name: str = ""
    entity: str = ""
    attribute: str = ""


class Reference(Struct, frozen=True):
    """`target` is None where nobody knows it; `behind` what stands behind the columns."""

    span: Span
    target: Target | None
    behind: str

    @property
    def parts(self) -> tuple[Part, ...]:
        """REFERENCES and all that follows; nothing where the target is not known."""
        if self.target is None:
            return ()
        span, target = self.span, self.target
        head, brace, end = (LiteralPart(text, span, ()) for text in (" REFERENCES ", " (", f"){self.behind}"))
        return (head, *target.table, brace, target.column, end)


def reference(call: Call, scope: Scope) -> Reference:
    """A ForeignKey(..)."""
    node = call.positional[0] if call.positional else call.named.get("column")
    target = target_of(node, scope) if node is not None else None
    return Reference(scope.structure.span(call.node), target, behind(call, scope))


def behind(call: Call, scope: Scope) -> str:
    """What the database does when the other row goes, and when it looks."""
    found = ""
    for key, words in _ACTIONS.items():
        action = string_of(call.named.get(key), scope)
        if action:
            found += f" {words} {action}"
    if is_true(call.named.get("deferrable")):
        found += " DEFERRABLE"
    initially = string_of(call.named.get("initially"), scope)
    return found + (f" INITIALLY {initially}" if initially else "")


def target_of(node: Node, scope: Scope) -> Target | None:
    """The column that a string or an attribute names."""
    span = scope.structure.span(node)
    text = string_of(node, scope)
    if text is not None:
        words = tuple(text.split("."))
        if len(words) < 2 or not all(words):
            return None
        column = IdentifierPart(span, words[-1:])
        return Target((IdentifierPart(span, words[:-1]),), column, words[:-1], words[-1])
    if node.type == "attribute":
        return _attribute(node, span)
    return _spliced(node, scope)


def _attribute(node: Node, span: Span) -> Target | None:
    """`User.id`, `users.c.id`."""
    owner = node.child_by_field_name("object")
    if owner is None:
        return None
    if owner.type == "attribute" and last(owner) in ("c", "columns"):
        owner = owner.child_by_field_name("object") or owner
    entity, attribute = folded(owner, 200), last(node)
    column = ColumnPart(span, entity, attribute, bare=True)
    return Target((TablePart(span, entity),), column, entity=entity, attribute=attribute)


def _spliced(node: Node, scope: Scope) -> Target | None:
    """`f"{User.__tablename__}.id"`, `f"{SCHEMA}.users.id"`."""
    span = scope.structure.span(node)
    named = _tablename(node)
    parts = scope.parts(node)
    last_part = parts[-1] if parts else None
    if not isinstance(last_part, LiteralPart) or "." not in last_part.value:
        return None
    before, _, column = last_part.value.rpartition(".")
    if not column.isidentifier():
        return None
    if named and not before:
        return Target(
            (TablePart(span, named),), ColumnPart(span, named, column, bare=True), entity=named, attribute=column
        )
    if any(isinstance(part, HolePart) for part in parts):
        return None
    table = (*parts[:-1], LiteralPart(before, span, ()))
    return Target(table, IdentifierPart(span, (column,)), name=column)


def _tablename(node: Node) -> str:
    """The class whose `__tablename__` a string begins with."""
    stack = [node]
    for _ in range(8):
        if not stack:
            break
        at = stack.pop(0)
        if at.type == "attribute":
            owner = at.child_by_field_name("object")
            return text_of(owner) if owner is not None and last(at) == "__tablename__" else ""
        stack.extend(
            child
            for child in at.named_children
            if child.type in ("interpolation", "attribute", "string", "binary_operator")
        )
    return ""
