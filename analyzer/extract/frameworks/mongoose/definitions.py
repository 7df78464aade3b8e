"""The fields of a schema's definition: `{ name: String, tags: [String], address: { city: { type: String, required: true } } }`.

What comes in: the object, and the file's Names. What goes out: DocumentFields, the names of what it takes more fields from, and whether that is all. Source: `Schema.prototype.add` and
`Schema.prototype.interpretAsType` of mongoose 9. This module does not know schemas as a whole.
"""

from collections.abc import Callable, Iterable

import msgspec
from msgspec import Struct

from analyzer.extract.frameworks.mongoose.names import Names, dotted, entry, is_literal, last_name
from analyzer.extract.frameworks.mongoose.types import LISTS, kinds
from analyzer.facts.document import DocumentField, DocumentIndex
from analyzer.facts.source import Span
from analyzer.facts.value import (
    CallValue,
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
        fields: dict[str, DocumentField] = {}
        bases: list[str] = []
        whole = not found.open
        for one in found.entries:
            if one.key is not None:
                field = self._field(one, depth)
                if field is not None:
                    fields[one.key] = field
            elif one.is_spread:
                inner = self.definition(one.value, depth)
                fields.update((field.name, field) for field in inner.fields)
                bases.extend(inner.bases)
                whole = whole and inner.whole
            else:
                whole = False
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
        type_ = entry(value, self.key)
        resolved = self.names.resolved(type_) if type_ is not None else None
        # A field that is itself called "type" is no type.
        if type_ is None or (
            self.key == "type" and isinstance(resolved, ObjectValue) and entry(resolved, "type") is not None
        ):
            return self._object(DocumentField(span, name), value, depth, ids=False)
        return self.with_options(self._of_type(DocumentField(span, name), type_, value, depth), value)

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
        if found is None:
            return msgspec.structs.replace(field, shape=shape)
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
            given = self.with_options(inner, item)
            inner = msgspec.structs.replace(
                inner, refers=given.refers, members=given.members, indexed=given.indexed, unique=given.unique
            )
        return msgspec.structs.replace(inner, many=True, filled=True)

    # ------------------------------------------------------------------ options
    def with_options(self, field: DocumentField, options: ObjectValue) -> DocumentField:
        default = entry(options, "default")
        index = entry(options, "index")
        unique = self._is_set(entry(options, "unique")) or self._is_set(
            entry(self.names.resolved(index) if index else None, "unique")
        )
        filled = field.filled if default is None else not _is_undefined(default)
        return msgspec.structs.replace(
            field,
            required=self._is_required(entry(options, "required")),
            filled=filled,
            refers=self._refers(entry(options, "ref")) or field.refers,
            members=self._members(entry(options, "enum")) or field.members,
            unique=unique,
            indexed=unique
            or self._is_set(index)
            or self._is_set(entry(options, "sparse"))
            or self._is_set(entry(options, "text")),
            alias=self.names.text(entry(options, "alias")) or "",
        )

    def _is_set(self, value: Value | None) -> bool:
        found = self.names.resolved(value) if value is not None else None
        if isinstance(found, LiteralValue):
            return found.kind != "null" and found.text not in ("false", "0", "")
        return isinstance(found, ObjectValue)

    def _is_required(self, value: Value | None) -> bool:
        """`true`, `"why"`, `[true, "why"]`; what a function decides is not."""
        found = self.names.resolved(value) if value is not None else None
        if isinstance(found, ListValue):
            return bool(found.items) and self._is_required(found.items[0])
        if isinstance(found, ObjectValue):
            return self._is_required(entry(found, "isRequired"))
        return isinstance(found, LiteralValue) and self._is_set(found)

    def _refers(self, value: Value | None) -> str:
        """`"User"`, `User`, `User.name`, `() => User`."""
        given = self.names.given(value)
        if given is None or isinstance(given, FunctionValue):
            return ""
        text = self.names.text(given)
        if text is not None:
            return text
        if isinstance(given, MemberValue) and given.name in ("name", "modelName"):
            return last_name(given.of)
        return given.name if isinstance(given, NameValue) else ""

    def _members(self, value: Value | None) -> tuple[str, ...] | None:
        found = self.names.resolved(value) if value is not None else None
        if isinstance(found, ObjectValue):
            values = entry(found, "values")
            listed = self.names.resolved(values) if values is not None else found
            found = listed if isinstance(listed, ListValue) else None
        if isinstance(found, CallValue):
            found = self._values_of(found)
        if not isinstance(found, ListValue) or found.open:
            return None
        items = [self.names.resolved(item) for item in found.items]
        texts = [item.text for item in items if isinstance(item, LiteralValue) and item.kind in ("string", "int")]
        empty = sum(isinstance(item, LiteralValue) and item.kind == "null" for item in items)
        return tuple(texts) if len(texts) + empty == len(items) else None

    def _values_of(self, call: CallValue) -> ListValue | None:
        """`Object.values(STATES)`, `Object.keys(STATES)` of an object of this file."""
        way = dotted(call.callee)
        whole = self.names.resolved(call.arguments[0]) if call.arguments else None
        if way not in ("Object.values", "Object.keys") or not isinstance(whole, ObjectValue) or whole.open:
            return None
        if any(one.key is None for one in whole.entries):
            return None
        keys = tuple(LiteralValue(one.span, "string", one.key or "") for one in whole.entries)
        return ListValue(call.span, keys if way == "Object.keys" else tuple(one.value for one in whole.entries))


def _is_undefined(value: Value) -> bool:
    return isinstance(value, LiteralValue) and value.kind == "null" and value.span.end - value.span.start > len("null")


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
