"""The fields of a schema's definition: `{ name: String, tags: [String], address: { city: { type: String, required: true } } }`.

What comes in: the object, and the file's Names. What goes out: DocumentFields, the names of what it takes more fields from, and whether that is all. Source: `Schema.prototype.add` and
`Schema.prototype.interpretAsType` of mongoose 9. This module does not know schemas as a whole.
"""

from collections.abc import Callable, Iterable

import msgspec
from msgspec import Struct

from analyzer.extract.frameworks.kept_values import Names, entry, is_literal, last_name
from analyzer.extract.frameworks.mongoose.marks import with_options
from analyzer.extract.frameworks.mongoose.types import LISTS, kinds
from analyzer.extract.objects.declared import dotted
from analyzer.facts.document import DocumentField, DocumentIndex
from analyzer.facts.source import Span
from analyzer.facts.value import (
    Entry,
    FunctionValue,
    ListValue,
    LiteralValue,
    MemberValue,
    NameValue,
    ObjectValue,
    Value,
)

_DEPTH = 12


class Definition(Struct, frozen=True):
    """`bases` are names that more fields come from; `whole` is False where some are not known at all."""

    fields: tuple[DocumentField, ...] = ()
    bases: tuple[str, ...] = ()
    whole: bool = True


class Reader(Struct, frozen=True):
    """`is_schema` tells a value that makes a schema, `schema_of` gives its fields. `key` is the option `typeKey`. `ids` is False where documents inside of
    lists have no key of their own.
    """

    names: Names
    is_schema: Callable[[Value], bool]
    schema_of: Callable[[Value], tuple[DocumentField, ...]]
    key: str = "type"
    ids: bool = True

    def definition(self, value: Value, depth: int = 0) -> Definition:
        """All fields of an object."""
        found = self.names.resolved(value)
        if not isinstance(found, ObjectValue) or depth > _DEPTH:
            name = dotted(value)
            return Definition(bases=(name,) if name and not depth else (), whole=bool(name) and not depth)
        found = self.names.spread(found)
        fields: dict[str, DocumentField] = {}
        bases: list[str] = []
        whole = not found.open
        for one in found.entries:
            name = dotted(one.value) if one.is_spread and not depth else ""
            if name:
                bases.append(name)
            elif one.key is None:
                whole = False
            elif (field := self._field(one, depth)) is not None:
                fields[one.key] = field
        return Definition(_nested(fields.values()), tuple(bases), whole)

    def _field(self, one: Entry, depth: int) -> DocumentField | None:
        value = self.names.resolved(one.value)
        key = one.key or ""
        if key == "_id" and is_literal(value, "false"):
            return None
        if is_literal(value, "") or isinstance(value, FunctionValue):
            return DocumentField(one.span, key)
        return self.typed(one.span, key, one.value, depth)

    # ------------------------------------------------------------------ one field
    def typed(self, span: Span, name: str, written: Value, depth: int = 0) -> DocumentField:
        """A field of what stands where its type or its options are expected."""
        value = self.names.resolved(written)
        if not isinstance(value, ObjectValue):
            return self._of_type(DocumentField(span, name), written, None, depth)
        value = self.names.spread(value)
        type_ = entry(value, self.key)
        resolved = self.names.resolved(type_) if type_ is not None else None
        # A field that is itself called "type" is no type.
        if type_ is None or (
            self.key == "type" and isinstance(resolved, ObjectValue) and entry(resolved, "type") is not None
        ):
            return self._object(DocumentField(span, name), value, depth, ids=False)
        return with_options(self._of_type(DocumentField(span, name), type_, value, depth), value, self.names)

    def _object(self, field: DocumentField, value: ObjectValue, depth: int, *, ids: bool) -> DocumentField:
        """An object by its fields; anything where it has none, or where some are not known."""
        if not value.entries and not value.open:
            return msgspec.structs.replace(field, kinds=("mixed",))
        inner = self.definition(value, depth + 1)
        given = tuple(one for one in inner.fields if one.name != "_id")
        has_id = ids and self.ids and not is_literal(entry(value, "_id"), "false")
        own = tuple(one for one in inner.fields if one.name == "_id") or ((_id(field.span),) if has_id else ())
        return msgspec.structs.replace(field, kinds=("object",) if inner.whole else ("mixed",), fields=(*own, *given))

    def _of_type(self, field: DocumentField, written: Value, options: ObjectValue | None, depth: int) -> DocumentField:
        if depth > _DEPTH:
            return field
        value = self.names.resolved(written)
        if self.is_schema(value):
            name = dotted(written)
            return msgspec.structs.replace(
                field, kinds=("object",), fields=() if name else self.schema_of(value), shape=name
            )
        match value:
            case ListValue():
                return self._list(field, value, depth)
            case ObjectValue():
                return self._object(field, value, depth, ids=True)
            case LiteralValue(kind="string", text=name):
                return self._named(field, name, options, depth)
            case NameValue() | MemberValue():
                return self._named(field, last_name(value), options, depth, shape=dotted(written))
            case FunctionValue():
                given = self.names.given(value)
                return self._of_type(field, given, options, depth + 1) if given is not None else field
            case _:
                return field

    def _named(
        self, field: DocumentField, name: str, options: ObjectValue | None, depth: int, shape: str = ""
    ) -> DocumentField:
        found = kinds(name)
        if found is None and name == "Union":
            of = self.names.resolved(entry(options, "of") or options) if options is not None else None
            several = (
                [self._of_type(field, one, None, depth + 1).kinds for one in of.items]
                if isinstance(of, ListValue)
                else []
            )
            return msgspec.structs.replace(
                field, kinds=tuple(dict.fromkeys(k for ks in several for k in ks)) if all(several) else ()
            )
        if found is None:
            return msgspec.structs.replace(field, shape="" if "Types." in shape else shape)
        if name in ("Array", "array"):
            of = entry(options, "of") or entry(options, "cast")
            inner = self._of_type(field, of, None, depth + 1) if of is not None else field
            return msgspec.structs.replace(inner, kinds=inner.kinds or ("mixed",), many=True, filled=True)
        return msgspec.structs.replace(field, kinds=found, many=name in LISTS, filled=name in LISTS)

    def _list(self, field: DocumentField, value: ListValue, depth: int) -> DocumentField:
        """`[String]`, `[{ type: String }]`, `[{ city: String }]`, `[addressSchema]`, `[[Number]]`, `[]`."""
        if not value.items:
            return msgspec.structs.replace(field, kinds=() if value.open else ("mixed",), many=True, filled=True)
        item = self.names.resolved(value.items[0])
        item = self.names.spread(item) if isinstance(item, ObjectValue) else item
        if isinstance(item, ListValue):
            return msgspec.structs.replace(field, kinds=("array",), many=True, filled=True)
        type_ = entry(item, self.key)
        resolved = self.names.resolved(type_) if type_ is not None else None
        if not isinstance(item, ObjectValue):
            inner = self._of_type(field, value.items[0], None, depth + 1)
        elif type_ is None or (isinstance(resolved, ObjectValue) and entry(resolved, "type") is not None):
            inner = self._object(field, item, depth, ids=True)
        elif isinstance(resolved, ListValue):
            inner = msgspec.structs.replace(field, kinds=("array",))
        else:
            inner = self._of_type(field, type_, item, depth + 1)
            given = with_options(inner, item, self.names)
            inner = msgspec.structs.replace(
                inner, refers=given.refers, members=given.members, indexed=given.indexed, unique=given.unique
            )
        return msgspec.structs.replace(inner, many=True, filled=True)


def _id(span: Span) -> DocumentField:
    return DocumentField(span, "_id", ("objectId",), filled=True)


def _nested(fields: Iterable[DocumentField]) -> tuple[DocumentField, ...]:
    """`"profile.city": String` is a field of `profile`."""
    found: dict[str, DocumentField] = {}
    for field in fields:
        _put(found, field)
    return tuple(found.values())


def _put(found: dict[str, DocumentField], field: DocumentField) -> None:
    head, dot, rest = field.name.partition(".")
    if not dot or not head or not rest:
        found[field.name] = field
        return
    outer = found.get(head) or DocumentField(field.span, head, ("object",))
    inner = {one.name: one for one in outer.fields}
    _put(inner, msgspec.structs.replace(field, name=rest))
    found[head] = msgspec.structs.replace(outer, fields=tuple(inner.values()))


def indexes_of(fields: tuple[DocumentField, ...], before: str = "") -> tuple[DocumentIndex, ...]:
    """Indexes that fields declare themselves."""
    found: list[DocumentIndex] = []
    for field in fields:
        path = f"{before}{field.name}"
        if field.indexed:
            found.append(DocumentIndex(field.span, ((path, "1"),), unique=field.unique))
        found.extend(indexes_of(field.fields, f"{path}."))
    return tuple(found)
