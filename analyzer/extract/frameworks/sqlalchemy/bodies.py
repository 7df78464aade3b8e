"""What a mapped class declares, one attribute after another.

What comes in: a Class. What goes out: a Body: attributes, relations, keys, indexes and names that are no columns. Source:
https://docs.sqlalchemy.org/en/20/orm/declarative_config.html. This module does not know tables' names nor what a class takes from.
"""

from collections.abc import Iterator, Mapping

import msgspec
from tree_sitter import Node

from analyzer.extract.frameworks.sqlalchemy.annotations import Annotation, annotation_of
from analyzer.extract.frameworks.sqlalchemy.attributes import Made, made
from analyzer.extract.frameworks.sqlalchemy.classes import Assignment, Class
from analyzer.extract.frameworks.sqlalchemy.columns import ColumnCall, column_call, is_column
from analyzer.extract.frameworks.sqlalchemy.fields import field_call
from analyzer.extract.frameworks.sqlalchemy.keys import Reference
from analyzer.extract.frameworks.sqlalchemy.names import call_of, last
from analyzer.extract.frameworks.sqlalchemy.relations import CALLS, back_reference, foreign_key_of, relation
from analyzer.extract.scope import Scope
from analyzer.facts.entity import Related, Relation

# Calls whose first argument may be the column itself.
_AROUND = frozenset({"deferred", "column_property"})
_OTHERS = frozenset(
    {"association_proxy", "synonym", "composite", "hybrid_property", "query_expression", "column_property", "proxy"}
)


class Body:
    """What was found so far. `whole` is False where an attribute may be there that was not read."""

    def __init__(self, one: Class, scope: Scope, *, fields: bool, primary: tuple[str, ...]) -> None:
        self.scope = scope
        self.owner = one.name
        self.fields = fields
        self.made: list[Made] = []
        self.relations: list[Relation] = []
        self.related: list[Related] = []
        self.others: list[str] = []
        self.whole = True
        self._keyed: dict[str, tuple[str, ...]] = {}
        columns = list(self._columns(one))
        keys = sum(call is not None and call.primary for _, _, _, call, _ in columns)
        self.alone = keys <= 1 and len(primary) <= 1
        for name, place, annotation, call, sure in columns:
            self._add(name, place, annotation, call, sure=sure)
        for assignment in one.assignments:
            self._rest(assignment)
        for method in one.methods:
            self._method(method.name, method.node, method.value, method.annotation, method.decorators)
        self._tie()

    def _columns(self, one: Class) -> Iterator[tuple[str, Node, Annotation | None, ColumnCall | None, bool]]:
        for entry in one.assignments:
            if entry.name.startswith("__"):
                continue
            annotation = annotation_of(entry.annotation)
            node = _column_of(entry.value)
            if node is not None:
                yield entry.name, entry.node, annotation, column_call(node, self.scope), entry.sure
            elif annotation is not None and annotation.mapped and entry.value is None and not _is_many(annotation):
                yield entry.name, entry.node, annotation, None, entry.sure
            elif self._is_field(entry, annotation) and annotation is not None:
                yield (
                    entry.name,
                    entry.node,
                    annotation,
                    field_call(entry.node, entry.value, annotation, self.scope),
                    entry.sure,
                )
        for method in one.methods:
            node = _column_of(method.value) if "declared_attr" in method.decorators else None
            if node is not None:
                annotation = annotation_of(method.annotation)
                kept = annotation if annotation is not None and annotation.mapped else None
                yield method.name, method.node, kept, column_call(node, self.scope), True

    def _is_field(self, entry: Assignment, annotation: Annotation | None) -> bool:
        if not self.fields or annotation is None or annotation.mapped or entry.name.startswith("_"):
            return False
        value = entry.value
        return (
            annotation.key.partition("[")[0] != "ClassVar"
            and not (value is not None and last(value) in CALLS)
            and entry.name != "model_config"
        )

    def _add(
        self, name: str, place: Node, annotation: Annotation | None, call: ColumnCall | None, *, sure: bool
    ) -> None:
        if not sure:
            self.others.append(name)
            self.whole = False
            return
        self.made.append(made(name, place, call, annotation, self.scope, alone=self.alone))

    def _rest(self, entry: Assignment) -> None:
        """Relations, and what is no column."""
        value = entry.value
        if any(one.attribute.name == entry.name for one in self.made) or entry.name.startswith("__"):
            return
        if value is not None and last(value) in CALLS and value.type == "call":
            self._relation(entry.name, entry.node, value, entry.annotation)
        else:
            self.others.append(entry.name)

    def _method(
        self, name: str, node: Node, value: Node | None, annotation: Node | None, decorators: tuple[str, ...]
    ) -> None:
        is_special = name.startswith("__") and name != "__init__"
        if any(one.attribute.name == name for one in self.made) or is_special:
            return
        if "declared_attr" in decorators and value is not None and value.type == "call" and last(value) in CALLS:
            self._relation(name, node, value, annotation)
            return
        self.others.append(name)
        if "declared_attr" in decorators and (value is None or last(value) not in _OTHERS):
            # A column, perhaps, of one branch or another.
            self.whole = False

    def _relation(self, name: str, place: Node, value: Node, annotation: Node | None) -> None:
        found = relation(name, place, value, annotation, self.owner, self.scope)
        if found is None:
            self.others.append(name)
            return
        self._keyed[name] = foreign_key_of(value, self.scope)
        self.relations.append(found)
        back = back_reference(found, value, self.owner, self.scope)
        if back is not None:
            self.related.append(back)

    def _tie(self) -> None:
        """Pairs of relations that name the class's own key."""
        keys = {one.attribute.name: one.keys for one in self.made if one.keys}
        self.relations = [self._tied(one, keys) for one in self.relations]

    def _tied(self, one: Relation, keys: Mapping[str, tuple[Reference, ...]]) -> Relation:
        words = [word.rpartition(".")[::2] for word in self._keyed.get(one.name, ())]
        if one.pairs or one.through or len(words) != 1:
            return one
        owner, name = words[0]
        if owner and owner == one.target.removeprefix("*").rpartition(".")[2] and owner != self.owner:
            # The key is the other side's: it leads to this one's own.
            return msgspec.structs.replace(one, pairs=(("", name),))
        target = keys[name][0].target if name in keys else None
        theirs = (target.attribute or target.name) if target is not None else ""
        return msgspec.structs.replace(one, pairs=((name, theirs),)) if theirs else one


def _column_of(node: Node | None) -> Node | None:
    """The column that a value is, or wraps."""
    if node is None:
        return None
    if is_column(node):
        return node
    given = call_of(node).positional if node.type == "call" and last(node) in _AROUND else ()
    return given[0] if len(given) == 1 and is_column(given[0]) else None


def _is_many(annotation: Annotation) -> bool:
    """`DynamicMapped[..]` is a relation."""
    return annotation.kind in ("DynamicMapped", "WriteOnlyMapped")
