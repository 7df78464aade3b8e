"""Values as one line of text: `db.clips.find({project_id: <project_id>, b?: 1, ...rest}).sort("order", 1)`.

`<name>` is a parameter, `each(x)` an element of a loop, `{..}` and `[..]` may have more, `(a | b)` is one of both, `?why` unknown.
"""

import json

from analyzer.facts.file import FileFacts
from analyzer.facts.value import (
    CallValue,
    EitherValue,
    ElementValue,
    Entry,
    FunctionValue,
    ItemValue,
    ListValue,
    LiteralValue,
    MemberValue,
    NameValue,
    ObjectValue,
    ParameterValue,
    TextValue,
    TypedValue,
    Value,
)


def shown(value: Value) -> str:
    match value:
        case LiteralValue(kind="string"):
            return json.dumps(value.text, ensure_ascii=False)
        case LiteralValue():
            return {"null": "null", "regex": f"/{value.text}/", "bytes": f"b{value.text!r}"}.get(value.kind, value.text)
        case TextValue():
            return "`" + "".join(_piece(piece) for piece in value.pieces) + "`"
        case ObjectValue():
            return "{" + ", ".join([*map(_entry, value.entries), *[".."][: value.open]]) + "}"
        case ListValue():
            return "[" + ", ".join([*map(shown, value.items), *[".."][: value.open]]) + "]"
        case NameValue():
            return value.name
        case ParameterValue():
            return f"<{value.name}>"
        case ElementValue():
            return f"each({shown(value.of)})"
        case MemberValue():
            return shown(value.of) + (f".{value.name}" if value.name.isidentifier() else f"[{value.name}]")
        case ItemValue():
            return f"{shown(value.of)}[{shown(value.key)}]"
        case CallValue():
            return _call(value)
        case TypedValue():
            return f"({shown(value.of)} as {value.declared})"
        case EitherValue():
            return "(" + " | ".join(map(shown, value.options)) + ")"
        case FunctionValue():
            return "fn"
        case _:
            return f"?{value.why}"


def _piece(piece: Value) -> str:
    plain = isinstance(piece, LiteralValue) and piece.kind == "string"
    return piece.text if plain and isinstance(piece, LiteralValue) else "{" + shown(piece) + "}"


def _entry(entry: Entry) -> str:
    sure = "" if entry.certain else "?"
    if entry.is_spread:
        return f"...{sure}{shown(entry.value)}"
    key = f"[{shown(entry.computed)}]" if entry.computed is not None else entry.key
    return f"{key}{sure}: {shown(entry.value)}"


def _call(call: CallValue) -> str:
    named = [f"{word.name}={shown(word.value)}" if word.name else f"**{shown(word.value)}" for word in call.keywords]
    given = ", ".join([*map(shown, call.arguments), *[".."][: call.open], *named])
    return f"{'new ' if call.made else ''}{shown(call.callee)}({given})"


def invocations(facts: FileFacts) -> list[str]:
    assert facts.objects is not None
    return [shown(one.call) for one in facts.objects.invocations]


def kept(facts: FileFacts) -> dict[str, str]:
    assert facts.objects is not None
    return {one.name: shown(one.value) for one in facts.objects.kept}


def results(facts: FileFacts) -> list[str]:
    assert facts.objects is not None
    return [shown(one.value) for one in facts.objects.results]
