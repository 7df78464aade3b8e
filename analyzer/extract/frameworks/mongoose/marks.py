"""What the options of a field say beside its type: `{ required: true, ref: "User", enum: [..], default: 0, index: true, alias: "n" }`.

What comes in: a field, its options, the file's Names. What goes out: the field with its marks. Source: https://mongoosejs.com/docs/schematypes.html#schematype-options. This module does not
know types.
"""

import msgspec

from analyzer.extract.frameworks.kept_values import Names, entry, last_name
from analyzer.extract.objects.declared import dotted
from analyzer.facts.document import DocumentField
from analyzer.facts.value import (
    CallValue,
    FunctionValue,
    ListValue,
    LiteralValue,
    MemberValue,
    NameValue,
    ObjectValue,
    Value,
)


def with_options(field: DocumentField, options: ObjectValue, names: Names) -> DocumentField:
    default = entry(options, "default")
    index = entry(options, "index")
    unique = _is_set(entry(options, "unique"), names) or _is_set(
        entry(names.resolved(index) if index else None, "unique"), names
    )
    filled = field.filled if default is None else not _is_undefined(default)
    return msgspec.structs.replace(
        field,
        required=_is_required(entry(options, "required"), names),
        filled=filled,
        refers=_refers(entry(options, "ref"), names) or field.refers,
        members=_members(entry(options, "enum"), names) or field.members,
        unique=unique,
        indexed=unique
        or any(_may_be_set(entry(options, word), names) for word in ("unique", "index", "sparse", "text")),
        alias=names.text(entry(options, "alias")) or "",
    )


def _is_set(value: Value | None, names: Names) -> bool:
    found = names.resolved(value) if value is not None else None
    if isinstance(found, LiteralValue):
        return found.kind != "null" and found.text not in ("false", "0", "")
    return isinstance(found, ObjectValue)


def _may_be_set(value: Value | None, names: Names) -> bool:
    """What another file says may be: `import { index } from "./flags"`."""
    found = names.resolved(value) if value is not None else None
    return _is_set(found, names) or isinstance(found, NameValue | MemberValue | CallValue)


def _is_required(value: Value | None, names: Names) -> bool:
    """`true`, `"why"`, `[true, "why"]`; what a function decides is not."""
    found = names.resolved(value) if value is not None else None
    if isinstance(found, ListValue):
        return bool(found.items) and _is_required(found.items[0], names)
    if isinstance(found, ObjectValue):
        return _is_required(entry(found, "isRequired"), names)
    return isinstance(found, LiteralValue) and _is_set(found, names)


def _refers(value: Value | None, names: Names) -> str:
    """`"User"`, `User`, `User.name`, `() => User`."""
    given = names.given(value)
    if given is None or isinstance(given, FunctionValue):
        return ""
    text = names.text(given)
    if text is not None:
        return text
    if isinstance(given, MemberValue) and given.name in ("name", "modelName"):
        return last_name(given.of)
    return given.name if isinstance(given, NameValue) else ""


def _members(value: Value | None, names: Names) -> tuple[str, ...] | None:
    """`["a", "b"]`, `{ values: [..], message: ".." }`, an object's values."""
    found = names.resolved(value) if value is not None else None
    if isinstance(found, ObjectValue):
        values = entry(found, "values")
        found = names.resolved(values) if values is not None else _values(found)
    if isinstance(found, CallValue):
        found = _values_of(found, names)
    return names.members(found)


def _values_of(call: CallValue, names: Names) -> ListValue | None:
    """`Object.values(STATES)`, `Object.keys(STATES)` of an object of this file."""
    way = dotted(call.callee)
    whole = names.resolved(call.arguments[0]) if call.arguments else None
    if way not in ("Object.values", "Object.keys") or not isinstance(whole, ObjectValue) or whole.open:
        return None
    if way == "Object.values" or any(one.key is None for one in whole.entries):
        return _values(whole)
    return ListValue(call.span, tuple(LiteralValue(one.span, "string", one.key or "") for one in whole.entries))


def _values(whole: ObjectValue) -> ListValue:
    more = whole.open or any(one.key is None for one in whole.entries)
    return ListValue(whole.span, tuple(one.value for one in whole.entries), open=more)


def _is_undefined(value: Value) -> bool:
    return isinstance(value, LiteralValue) and value.kind == "null" and value.span.end - value.span.start > len("null")
