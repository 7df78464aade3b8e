"""What is said of the fields of one collection, added up path by path.

What comes in: fields of models and validators, stored values of writers. What goes out: Columns with dotted names. This module does not know a program.
"""

from collections.abc import Iterator

from msgspec import Struct

from analyzer.catalog.table import Column
from analyzer.catalog.types import ColumnType, Family
from analyzer.facts.document import BsonKind, DocumentField
from analyzer.facts.source import Span
from analyzer.schema.documents.kinds import Stored, leaves

_FAMILIES: dict[str, Family] = {
    "string": "text", "int": "int", "long": "int", "double": "float", "decimal": "decimal", "number": "float", "bool": "bool", "date": "timestamptz",
    "timestamp": "timestamptz", "objectId": "other", "uuid": "uuid", "binData": "bytes", "object": "json", "map": "json", "mixed": "json", "array": "array",
}  # fmt: skip
_INSIDE = frozenset({"mixed", "map"})
_DEPTH = 8


class _Field(Struct):
    defined: Span
    kinds: dict[BsonKind, None]
    known: bool = True
    many: bool = False
    required: bool = False
    open: bool = False
    evidence: dict[str, None] = {}
    refers: str = ""
    default: bool = False


class Fields:
    """The fields of a collection while they are collected."""

    def __init__(self) -> None:
        self._found: dict[str, _Field] = {}

    def declare(self, fields: tuple[DocumentField, ...], evidence: str, prefix: str = "", depth: int = 0) -> None:
        """Fields of a shape, nested ones with their paths."""
        for field in fields:
            path = f"{prefix}{field.name}"
            own = self._at(path, field.span, evidence)
            own.kinds.update(dict.fromkeys(field.kinds))
            own.known = own.known and bool(field.kinds)
            own.many = own.many or field.many
            own.required = own.required or (field.required and not prefix)
            own.refers = own.refers or field.refers
            own.default = own.default or field.filled
            inside = bool(field.fields)
            own.open = (
                own.open
                or bool(_INSIDE & set(field.kinds))
                or (not inside and ("object" in field.kinds or not field.kinds))
            )
            if inside and depth < _DEPTH:
                self.declare(field.fields, evidence, f"{path}.", depth + 1)

    def write(self, path: str, span: Span, value: Stored, evidence: str) -> None:
        """What a writer sets at a path."""
        self._one(path, span, value, evidence)
        for inner, part in leaves(value, path):
            self._one(inner, part.span, part.stored, evidence)

    def _one(self, path: str, span: Span, value: Stored, evidence: str) -> None:
        head = path
        while "." in head:
            # What lies inside says that there is something around it.
            head = head.rpartition(".")[0]
            outer = self._at(head, span, evidence)
            if not outer.kinds:
                outer.kinds["object"] = None
        own = self._at(path, span, evidence)
        real = [kind for kind in value.kinds if kind != "null"]
        own.kinds.update(dict.fromkeys(real))
        own.known = own.known and bool(value.kinds)
        own.many = own.many or value.many
        holds = not value.kinds or "object" in value.kinds
        own.open = own.open or (holds and value.open)

    def mention(self, path: str, span: Span, evidence: str) -> None:
        """A path that something else rests on: an index."""
        if path not in self._found and path != "_id":
            own = self._at(path, span, evidence)
            own.known, own.open = False, True

    def open(self, path: str, span: Span, evidence: str) -> None:
        """A path below which anything may be."""
        own = self._at(path, span, evidence)
        own.open = True

    def _at(self, path: str, span: Span, evidence: str) -> _Field:
        own = self._found.get(path)
        if own is None:
            own = self._found[path] = _Field(span, {}, evidence={})
        own.evidence.setdefault(evidence)
        return own

    def columns(self) -> Iterator[Column]:
        for path, one in self._found.items():
            yield Column(
                path,
                _type(one),
                not one.required,
                one.defined,
                evidence=tuple(one.evidence),
                open=one.open,
            )

    def references(self) -> Iterator[tuple[str, str, Span]]:
        """(path, the model it holds the key of, where it says so)."""
        for path, one in self._found.items():
            if one.refers:
                yield path, one.refers, one.defined


def _type(field: _Field) -> ColumnType:
    kinds = [kind for kind in field.kinds if kind != "null"] if field.known else []
    name = " | ".join(sorted(kinds))
    if field.many:
        return ColumnType(
            f"array<{name}>" if name else "array", f"array<{name}>" if name else "array", "array", element=name
        )
    family: Family = _FAMILIES.get(kinds[0], "other") if len(kinds) == 1 else "unknown"
    return ColumnType(name, name, family)
