"""SQLAlchemy's Enum: a type of its own in PostgreSQL, ENUM(..) in MySQL, VARCHAR of the longest member elsewhere.

What comes in: a call of Enum, classes of Python's `enum`. What goes out: the words of each engine, the CREATE TYPE that makes it, and constants by
which another file's enum is spelled out here. Source: https://docs.sqlalchemy.org/en/20/core/type_basics.html#sqlalchemy.types.Enum: what is
stored are the names of members, their values where `values_callable` says so. This module does not know columns.
"""

from collections.abc import Iterator, Sequence

from msgspec import Struct
from tree_sitter import Node

from analyzer.extract.frameworks.sqlalchemy.names import Call, call_of, is_false, last, path_of, string_of
from analyzer.extract.frameworks.sqlalchemy.words import Spoken, Words
from analyzer.extract.python.enumerations import constant
from analyzer.extract.scope import Scope
from analyzer.extract.texts import folded, text_of
from analyzer.facts.entity import HostTyped
from analyzer.facts.file import Constant
from analyzer.facts.part import Part
from analyzer.facts.part.written import DialectPart, HolePart, LiteralPart, NamePart
from analyzer.facts.source import Span
from analyzer.facts.text import Text

# Attributes of an enum's class under which its spellings are kept.
_NAMES, _VALUES = "__names__", "__values__"
_TYPE, _LENGTH, _LIST, _NAMED, _CREATE = "type", "varchar", "list", "named", "create"
_BASES = frozenset({"Enum", "IntEnum", "StrEnum", "Flag", "IntFlag", "ReprEnum"})


# What a base says of every enum of the host, and of the statement that makes its type; the name in front of a constant of any of them.
ENUM, CREATED, ANY = "Enum", "Enum.create", "@"


class EnumType(Struct, frozen=True):
    spoken: Spoken
    created: tuple[Text, ...]
    members: tuple[str, ...] | None


def enum_type(call: Call, scope: Scope) -> EnumType | None:
    """What an Enum(..) is; None where its members are not said."""
    first = call.positional[0] if call.positional else None
    if first is None or not call.whole:
        return None
    span = scope.structure.span(call.node)
    native = not is_false(call.named.get("native_enum"))
    name = string_of(call.named.get("name"), scope)
    length = call.named.get("length")
    if first.type in ("identifier", "attribute") and string_of(first, scope) is None:
        found = _of_class(first, call, scope, name, native=native)
    else:
        found = _of_strings(call, scope, name, span, native=native)
    if found is not None and not native and length is not None:
        words: Words = ("VARCHAR(", *scope.parts(length), ")")
        return EnumType(Spoken(words, words, words), (), found.members)
    return found


def _of_strings(call: Call, scope: Scope, name: str | None, span: Span, *, native: bool) -> EnumType | None:
    texts = [string_of(node, scope) for node in call.positional]
    members = tuple(text for text in texts if text is not None)
    typed = _qualified(name, call, scope) if name is not None else None
    if len(members) != len(texts):
        return _of_constants(call, scope, typed, span) if native and typed is not None else None
    varchar, listed = _varchar(members), _listed(members)
    if not native:
        return EnumType(Spoken((varchar,), (varchar,), (varchar,)), (), members)
    created = (_create((typed,), (listed,), span),) if typed is not None else ()
    return EnumType(Spoken((typed,) if typed else None, (varchar,), (f"ENUM({listed})",)), created, members)


def _of_constants(call: Call, scope: Scope, typed: str, span: Span) -> EnumType | None:
    """Members that other files name: what is longest of them is not known here."""
    words: list[str | Part] = []
    for at, node in enumerate(call.positional):
        words += [", '" if at else "'", *scope.parts(node), "'"]
    if any(isinstance(one, HolePart) for one in words):
        return EnumType(Spoken((typed,)), (), None)
    return EnumType(Spoken((typed,)), (_create((typed,), tuple(words), span),), None)


def _of_class(node: Node, call: Call, scope: Scope, name: str | None, *, native: bool) -> EnumType | None:
    span = scope.structure.span(node)
    key = f"{folded(node, 200)}.{_kind(call)}"
    if not native:
        varchar: Words = (NamePart(f"{key}.{_LENGTH}", span),)
        return EnumType(Spoken(varchar, varchar, varchar), (), None)
    if "name" in call.named and name is None:
        return None
    # The type is called as the class is where it has no name of its own.
    plain = name if name is not None else path_of(node, scope).rpartition(".")[2].lower()
    typed = _qualified(plain, call, scope)
    other = NamePart(f"{key}.{_TYPE}", span)
    created = _create((typed,), (NamePart(f"{key}.{_LIST}", span),), scope.structure.span(call.node))
    return EnumType(Spoken((f"{typed} ", other), ("", other), ("", other)), (created,), None)


def enum_types(node: Node, scope: Scope) -> Iterator[HostTyped]:
    """`enum.Enum: Enum(enum.Enum, values_callable=..)` of a `type_annotation_map`: how every enum is kept, whatever its name."""
    call, span = call_of(node), scope.structure.span(node)
    native, length = not is_false(call.named.get("native_enum")), call.named.get("length")
    key = f"{ANY}.{_kind(call)}"
    words: tuple[Part, ...] = (NamePart(f"{key}.{_NAMED if native else _LENGTH}", span),)
    if not native and length is not None and length.type != "none":
        words = (LiteralPart("VARCHAR(", span, ()), *scope.parts(length), LiteralPart(")", span, ()))
    created = (NamePart(f"{key}.{_CREATE}", span),) if native else ()
    yield HostTyped(ENUM, Text(span, words), Text(span, words))
    yield HostTyped(CREATED, Text(span, created), Text(span, created))


def _kind(call: Call) -> str:
    """Names, or values where a function says so: whatever it is called, nothing else is worth a function."""
    return _VALUES if "values_callable" in call.named and call.named["values_callable"].type != "none" else _NAMES


def _qualified(name: str, call: Call, scope: Scope) -> str:
    schema = string_of(call.named.get("schema"), scope)
    return f"{_quoted(schema)}.{_quoted(name)}" if schema else _quoted(name)


def _quoted(name: str) -> str:
    return name if name.isidentifier() and name.islower() and name.isascii() else f'"{name}"'


def _create(name: tuple[str, ...], members: Words, span: Span) -> Text:
    """For PostgreSQL alone."""
    head = DialectPart(span, f"CREATE TYPE {name[0]} AS ENUM (", "", "")
    inner = [
        DialectPart(span, one if isinstance(one, str) else one.value, "", "")
        if isinstance(one, str | LiteralPart)
        else one
        for one in members
    ]
    return Text(span, (head, *inner, DialectPart(span, ")", "", "")))


def _varchar(members: Sequence[str]) -> str:
    return f"VARCHAR({max((len(member) for member in members), default=0)})"


def _listed(members: Sequence[str]) -> str:
    return ",".join("'" + member.replace("'", "''") + "'" for member in members)


def enum_constants(node: Node, scope: Scope) -> Iterator[Constant]:
    """What other files' types are told of a class of an enum: `Status.__names__.type` and the like; nothing of other classes."""
    owner, body, above = (node.child_by_field_name(field) for field in ("name", "body", "superclasses"))
    bases = {last(base) for base in above.named_children} if above is not None else set()
    if owner is None or body is None or not any(base in _BASES or base.endswith("Enum") for base in bases):
        return
    members = dict(_members(body, scope))
    if not members:
        return
    span, name = scope.structure.span(owner), text_of(owner)
    spellings: dict[str, list[str]] = {_NAMES: list(members)}
    values = [value for value in members.values() if value is not None]
    if len(values) == len(members):
        spellings[_VALUES] = values
    for kind, found in spellings.items():
        varchar, listed = _varchar(found), _listed(found)
        yield Constant(span, f"{name}.{kind}.{_TYPE}", _text(DialectPart(span, "", varchar, f"ENUM({listed})")))
        yield Constant(span, f"{name}.{kind}.{_LENGTH}", _text(LiteralPart(varchar, span, ())))
        yield Constant(span, f"{name}.{kind}.{_LIST}", _text(DialectPart(span, listed, "", "")))
        own = _quoted(name.lower())
        yield Constant(span, f"{name}.{kind}.{_NAMED}", _text(DialectPart(span, own, varchar, f"ENUM({listed})")))
        yield Constant(
            span, f"{name}.{kind}.{_CREATE}", _text(DialectPart(span, f"CREATE TYPE {own} AS ENUM ({listed})", "", ""))
        )
    for member, value in members.items():
        yield Constant(span, f"{name}.{member}.name", _text(LiteralPart(member, span, ())))
        if value is not None:
            yield Constant(span, f"{name}.{member}.value", _text(LiteralPart(value, span, ())))


def _members(body: Node, scope: Scope) -> Iterator[tuple[str, str | None]]:
    """Names and values; what has the value of an earlier one is another name of it."""
    seen: set[str] = set()
    for statement in body.named_children:
        one = statement.named_children[0] if statement.named_children else None
        if statement.type != "expression_statement" or one is None or one.type != "assignment":
            continue
        name, value = one.child_by_field_name("left"), one.child_by_field_name("right")
        if name is None or value is None or name.type != "identifier" or text_of(name).startswith("_"):
            continue
        # A value with a label behind it: the class keeps the first.
        first = (
            value.named_children[0] if value.type in ("tuple", "expression_list") and value.named_children else value
        )
        text = constant(first, scope.structure.source)
        if text is None or text not in seen:
            yield text_of(name), text
        seen |= {text} if text is not None else set()


def _text(part: Part) -> Text:
    return Text(part.span, (part,))
