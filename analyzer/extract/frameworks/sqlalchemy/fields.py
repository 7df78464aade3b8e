"""SQLModel's `Field(..)`: a column by keywords, its type by the annotation.

What comes in: the annotation and the value of an attribute. What goes out: a ColumnCall. Source: https://sqlmodel.tiangolo.com, sqlmodel/main.py,
`get_column_from_field`. This module does not know classes.
"""

from collections.abc import Mapping

import msgspec
from tree_sitter import Node

from analyzer.extract.frameworks.sqlalchemy.annotations import Annotation, annotation_of, generic, name_of
from analyzer.extract.frameworks.sqlalchemy.catalogue import row
from analyzer.extract.frameworks.sqlalchemy.columns import ColumnCall, column_call, is_column
from analyzer.extract.frameworks.sqlalchemy.expressions import default_sql
from analyzer.extract.frameworks.sqlalchemy.keys import Reference, target_of
from analyzer.extract.frameworks.sqlalchemy.names import call_of, is_false, is_true, last, string_of
from analyzer.extract.frameworks.sqlalchemy.types import NAMED, SqlType, sql_type
from analyzer.extract.frameworks.sqlalchemy.words import Spoken, Words, everywhere
from analyzer.extract.scope import Scope
from analyzer.extract.texts import text_of
from analyzer.facts.part.written import NamePart
from analyzer.facts.text import Text

# `get_sqlalchemy_type`; pydantic's own strings are strings.
_KEPT = {
    "str": "AutoString", "int": "Integer", "bool": "Boolean", "float": "Float", "datetime": "datetime", "date": "Date", "time": "Time", "timedelta": "Interval",
    "bytes": "LargeBinary", "Decimal": "Numeric", "UUID": "Uuid", "UUID4": "Uuid", "EmailStr": "AutoString", "AnyUrl": "AutoString", "HttpUrl": "AutoString",
    "Path": "AutoString", "NaiveDatetime": "DateTime", "AwareDatetime": "datetime", "IPv4Address": "AutoString", "IPv6Address": "AutoString", "Literal": "AutoString",
}  # fmt: skip


def field_call(place: Node, value: Node | None, annotation: Annotation, scope: Scope) -> ColumnCall:
    """What a field says of its column."""
    call = call_of(value) if value is not None and last(value) == "Field" else None
    named = call.named if call is not None else {}
    given = named.get("sa_column")
    if given is not None and is_column(given):
        return column_call(given, scope)
    type_ = _type(annotation, named, place, scope)
    primary = is_true(named.get("primary_key"))
    default = named.get("default") or (call.positional[0] if call is not None and call.positional else None)
    if call is None:
        default = value
    filled = "default_factory" in named or (default is not None and default.type not in ("none", "ellipsis"))
    nullable = (
        True if is_true(named.get("nullable")) else False if is_false(named.get("nullable")) else annotation.optional
    )
    made = ColumnCall(
        scope.structure.span(place),
        None,
        type_,
        nullable=nullable and not primary,
        primary=primary,
        filled=filled,
        held="default_factory" in named
        or (primary and default is not None and default.type not in ("none", "ellipsis")),
        unique=is_true(named.get("unique")),
        index=is_true(named.get("index")),
        keys=_keys(named.get("foreign_key"), named.get("ondelete"), scope),
        whole=call is None or ("sa_column" not in named and "sa_column_args" not in named and call.whole),
    )
    return _with_keywords(made, named.get("sa_column_kwargs"), scope)


def _with_keywords(made: ColumnCall, node: Node | None, scope: Scope) -> ColumnCall:
    """`sa_column_kwargs={"server_default": text("now()"), "unique": True}`."""
    if node is None:
        return made
    if node.type != "dictionary":
        return msgspec.structs.replace(made, whole=False)
    for pair in node.named_children:
        key, value = pair.child_by_field_name("key"), pair.child_by_field_name("value")
        word = string_of(key, scope) if key is not None else None
        if word is None or value is None:
            made = msgspec.structs.replace(made, whole=False)
        elif word == "server_default":
            made = msgspec.structs.replace(made, default=default_sql(value, scope))
        elif word in ("unique", "index"):
            made = msgspec.structs.replace(made, **{word: is_true(value)})
        elif word == "name":
            made = msgspec.structs.replace(made, name=string_of(value, scope))
    return made


def _type(annotation: Annotation, named: Mapping[str, Node], place: Node, scope: Scope) -> SqlType:
    said = named.get("sa_type")
    if said is not None:
        return sql_type(said, scope) or SqlType(Spoken())
    inner, key = annotation.inner, annotation.key
    head, given = generic(inner)
    if head.rpartition(".")[2] == "Annotated" and given:
        plain = annotation_of(given[0])
        key = plain.key if plain is not None else ""
    elif head:
        key = head.rpartition(".")[2]
    word = _KEPT.get(key)
    found = row(f"sqlmodel.{word}") if word is not None else None
    if found is None and name_of(annotation):
        span = scope.structure.span(place)
        created = Text(span, (NamePart(f"{name_of(annotation)}.__names__.create", span),))
        return SqlType(everywhere(NamePart(f"{name_of(annotation)}.{NAMED}", span)), created=(created,))
    if found is None:
        return SqlType(Spoken())
    sized = {
        key: named.get(keyword)
        for key, keyword in (("length", "max_length"), ("precision", "max_digits"), ("scale", "decimal_places"))
    }
    sizes: dict[str, Words] = {
        key: (text_of(node),)
        for key, node in sized.items()
        if node is not None and node.type == "integer" and key in found.takes
    }
    return SqlType(found.spoken(sizes, {}), found.serial)


def _keys(node: Node | None, ondelete: Node | None, scope: Scope) -> tuple[Reference, ...]:
    target = target_of(node, scope) if node is not None and node.type != "none" else None
    if node is None or target is None:
        return ()
    action = string_of(ondelete, scope)
    return (Reference(scope.structure.span(node), target, f" ON DELETE {action}" if action else ""),)
