"""Column types of SQLAlchemy, as the DDL compilers of the three engines write them.

What comes in: the expression of a type (`String(255)`, `postgresql.JSONB`, `Enum(Status, name="status")`, `JSON().with_variant(..)`) and its Scope. What
goes out: parts of SQL, and the types that must be made first. Source: https://docs.sqlalchemy.org/en/20/core/type_basics.html; the table is types.toml.
A type of the project's own is a name that its class answers (`custom`). This module does not know columns.
"""

from collections.abc import Iterator, Mapping

from msgspec import Struct
from tree_sitter import Node

from analyzer.extract.frameworks.sqlalchemy.catalogue import Row, row
from analyzer.extract.frameworks.sqlalchemy.enums import enum_type
from analyzer.extract.frameworks.sqlalchemy.names import (
    Call,
    call_of,
    is_false,
    is_own_path,
    is_true,
    last,
    path_of,
    root_of,
)
from analyzer.extract.frameworks.sqlalchemy.words import Spoken, Words, everywhere, parts_of
from analyzer.extract.scope import Scope
from analyzer.extract.texts import folded
from analyzer.facts.part import EitherPart, Part
from analyzer.facts.part.written import LiteralPart, NamePart
from analyzer.facts.source import Span
from analyzer.facts.text import Text

_DEPTH = 6
_DIALECTS = {"postgresql": "postgres", "sqlite": "sqlite", "mysql": "mysql", "mariadb": ""}
_ARRAYS = frozenset({"ARRAY"})
_ENUMS = frozenset({"Enum", "ENUM"})
# What is called with arguments is another constant than the class by itself.
CALLED = "__call__"
# What further constants of a type or an alias hold: the type of a key that counts by itself, an alias's type, an enum's under its own name.
COUNTING, TYPE, NAMED = "__counting__", "__type__", "__names__.named"


class SqlType(Struct, frozen=True):
    """`spoken` are the words of each engine, `serial` PostgreSQL's for a key that counts by itself ("" for what does not count).

    `created` are statements that make types of the database's own; `members` the values of an enum where they stand here,
    `checked` what CHECK says of the column where `create_constraint` asks for it: of every engine where the type is not `native` to any.
    """

    spoken: Spoken
    serial: str = ""
    created: tuple[Text, ...] = ()
    members: tuple[str, ...] | None = None
    checked: str = ""
    native: bool = True

    def parts(self, span: Span) -> tuple[Part, ...]:
        return parts_of(self.spoken, span)

    def counting(self, span: Span, *, counts: bool = True) -> tuple[Part, ...]:
        """The type of a key that numbers its rows, where it can."""
        found = self.parts(span)
        if not counts:
            return found
        if self.serial:
            mysql = (*self.spoken.mysql, " AUTO_INCREMENT") if self.spoken.mysql is not None else None
            return parts_of(Spoken((self.serial,), self.spoken.sqlite, mysql), span)
        if len(found) == 1 and isinstance(found[0], NamePart):
            name = found[0].name.removesuffix(f".{CALLED}")
            return (EitherPart(span, ((NamePart(f"{name}.{COUNTING}", span),), found)),)
        return found


UNKNOWN = SqlType(Spoken())


def sql_type(node: Node, scope: Scope, house: str = "") -> SqlType | None:
    """The type that an expression is; None for what is none. `house` is the name whose attributes are SQLAlchemy's (`db`)."""
    return _type(node, scope, house, 0)


def _type(node: Node, scope: Scope, house: str, depth: int) -> SqlType | None:
    node = scope.unwrapped(node)
    if depth > _DEPTH:
        return UNKNOWN
    if node.type == "call":
        if last(node) in ("with_variant", "evaluates_none", "adapt"):
            return _varied(node, scope, house, depth)
        function = node.child_by_field_name("function")
        return _made(function, call_of(node), scope, house, depth) if function is not None else None
    if node.type in ("identifier", "attribute"):
        bound = scope.bound(node) if node.type == "identifier" else None
        if bound is not None and bound[0] != node and bound[0].type in ("call", "identifier", "attribute"):
            return _type(bound[0], scope, house, depth + 1)
        return _made(node, call_of(node), scope, house, depth)
    if node.type == "conditional_expression":
        return UNKNOWN
    return None


def _made(name: Node, call: Call, scope: Scope, house: str, depth: int) -> SqlType | None:
    path = type_path(name, scope, house)
    if not path:
        return None
    word = path.rpartition(".")[2]
    if word in _ENUMS and is_own_path(path):
        return _enum(call, scope, mysql=".mysql" in path)
    if word in _ARRAYS and is_own_path(path):
        return _array(call, scope, house, depth)
    if word in ("DOMAIN", "SET") and is_own_path(path):
        return _named(call, scope, word)
    found = row(path)
    if found is not None:
        return _from_row(found, call, scope)
    return UNKNOWN if is_own_path(path) or not call.whole else _custom(name, call, scope)


def type_path(name: Node, scope: Scope, house: str) -> str:
    """The dotted path of a type, that of the package where a handle of the project gives SQLAlchemy's names."""
    path = path_of(name, scope)
    if not is_own_path(path) and name.type == "attribute" and root_of(name) in (house, "db"):
        return f"sqlalchemy.{last(name)}"
    return path


def _from_row(found: Row, call: Call, scope: Scope) -> SqlType:
    given, flags = _arguments(found, call, scope)
    return SqlType(found.spoken(given, flags) if call.whole else Spoken(), found.serial)


def _arguments(found: Row, call: Call, scope: Scope) -> tuple[Mapping[str, Words], Mapping[str, bool]]:
    """Arguments as SQL, and those that are true or false."""
    given: dict[str, Words] = {}
    flags: dict[str, bool] = {}
    named = dict(zip(found.takes, call.positional, strict=False)) | dict(call.named)
    for key, value in named.items():
        if is_true(value) or is_false(value):
            flags[key] = is_true(value)
        elif value.type != "none":
            given[key] = _words(value, scope)
    return given, flags


def _words(node: Node, scope: Scope) -> Words:
    return tuple(part.value if isinstance(part, LiteralPart) else part for part in scope.parts(node))


def _array(call: Call, scope: Scope, house: str, depth: int) -> SqlType:
    item = call.positional[0] if call.positional else call.named.get("item_type")
    inner = _type(item, scope, house, depth + 1) if item is not None else None
    if inner is None or inner.spoken.postgres is None:
        return UNKNOWN
    dimensions = call.named.get("dimensions")
    count = int(folded(dimensions)) if dimensions is not None and folded(dimensions) in "123456" else 1
    # A collation stands behind the brackets; few have one.
    return SqlType(Spoken((*inner.spoken.postgres, "[]" * count)), created=inner.created)


def _enum(call: Call, scope: Scope, *, mysql: bool) -> SqlType:
    found = enum_type(call, scope)
    if found is None:
        return UNKNOWN
    spoken = Spoken(None, None, found.spoken.mysql) if mysql else found.spoken
    listed = ", ".join(f"'{member}'" for member in found.members or () if "'" not in member)
    checked = f" IN ({listed})" if listed and is_true(call.named.get("create_constraint")) else ""
    native = not is_false(call.named.get("native_enum"))
    return SqlType(
        spoken, created=() if mysql else found.created, members=found.members, checked=checked, native=native
    )


def _named(call: Call, scope: Scope, word: str) -> SqlType:
    """A domain by its name; MySQL's SET."""
    values = [_words(node, scope) for node in call.positional]
    texts = [value[0] for value in values if len(value) == 1 and isinstance(value[0], str)]
    if word == "DOMAIN":
        return SqlType(Spoken((texts[0],))) if texts else UNKNOWN
    listed = ",".join("'" + text.replace("'", "''") + "'" for text in texts)
    return SqlType(Spoken(None, None, (f"SET({listed})",))) if texts and len(texts) == len(values) else UNKNOWN


def _varied(node: Node, scope: Scope, house: str, depth: int) -> SqlType | None:
    """`String(50).with_variant(Text(), "sqlite", "mysql")`."""
    function = node.child_by_field_name("function")
    base = function.child_by_field_name("object") if function is not None else None
    found = _type(base, scope, house, depth + 1) if base is not None else None
    if found is None or last(node) != "with_variant":
        return found
    call = call_of(node)
    other = _type(call.positional[0], scope, house, depth + 1) if call.positional else None
    engines = {_DIALECTS.get(engine, "") for engine in _engines(call, scope)}
    words = [
        (other or UNKNOWN).spoken.words(dialect) if dialect in engines else found.spoken.words(dialect)
        for dialect in ("postgres", "sqlite", "mysql")
    ]
    serial = found.serial
    if "postgres" in engines:
        serial = other.serial if other is not None else ""
    created = other.created if other is not None and "postgres" in engines else found.created
    return SqlType(Spoken(*words), serial, created, found.members)


def _engines(call: Call, scope: Scope) -> Iterator[str]:
    for node in (*call.positional[1:], *call.named.values()):
        yield from (part.value for part in scope.parts(node) if isinstance(part, LiteralPart))


def _custom(name: Node, call: Call, scope: Scope) -> SqlType:
    """A type of the project's own: its class says elsewhere what it is."""
    given = bool(call.positional or call.named)
    word = folded(name, 200) + (f".{CALLED}" if given else "")
    return SqlType(everywhere(NamePart(word, scope.structure.span(name))))
