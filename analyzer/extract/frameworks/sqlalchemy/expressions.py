"""SQL that a declaration gives as text or as calls: server defaults, checks, computed columns, predicates of indexes.

What comes in: expressions (`text("now()")`, `func.now()`, `"draft"`, `true()`). What goes out: the words of each engine. Source:
https://docs.sqlalchemy.org/en/20/core/metadata.html#sqlalchemy.schema.Column.params.server_default and the compilers of the dialects. An expression of
another shape is a hole. This module does not know columns.
"""

from tree_sitter import Node

from analyzer.extract.building import constant
from analyzer.extract.frameworks.sqlalchemy.names import call_of, last
from analyzer.extract.frameworks.sqlalchemy.words import Spoken, Words, everywhere
from analyzer.extract.scope import Scope
from analyzer.extract.texts import folded, text_of
from analyzer.facts.origin import LiteralOrigin
from analyzer.facts.part.written import HolePart, LiteralPart, NamePart

_DEPTH = 6
_TEXTS = frozenset({"text", "literal_column", "DDL"})
# Functions that the compilers write in their own way, by their names in small letters: PostgreSQL, SQLite, MySQL.
_FUNCTIONS = {
    "now": ("now()", "CURRENT_TIMESTAMP", "(now())"),
    "current_timestamp": ("CURRENT_TIMESTAMP", "CURRENT_TIMESTAMP", "CURRENT_TIMESTAMP"),
    "current_date": ("CURRENT_DATE", "CURRENT_DATE", "(CURRENT_DATE)"),
    "current_time": ("CURRENT_TIME", "CURRENT_TIME", "(CURRENT_TIME)"),
    "localtimestamp": ("LOCALTIMESTAMP", "(DATETIME(CURRENT_TIMESTAMP, 'localtime'))", "LOCALTIMESTAMP"),
    "current_user": ("CURRENT_USER", "(CURRENT_USER)", "(CURRENT_USER)"),
}
_CONSTANTS = {"true": ("true", "1", "true"), "false": ("false", "0", "false"), "null": ("NULL", "NULL", "NULL")}


def default_sql(node: Node, scope: Scope, depth: int = 0) -> Spoken:
    """What stands behind DEFAULT: a plain string is a value, anything else an expression."""
    node = scope.unwrapped(node)
    if node.type == "call" and last(node) in ("DefaultClause", "Default") and call_of(node).positional and not depth:
        return default_sql(call_of(node).positional[0], scope, 1)
    if node.type in ("string", "concatenated_string"):
        return everywhere(*_quoted(node, scope))
    return expression_sql(node, scope, depth, defaulted=True)


def expression_sql(node: Node, scope: Scope, depth: int = 0, *, defaulted: bool = False) -> Spoken:
    """An expression as each engine is sent it; a string is SQL, but for the value of a default."""
    node = scope.unwrapped(node)
    if depth > _DEPTH:
        return everywhere(HolePart(scope.structure.span(node), scope.origin(node)))
    if node.type == "call":
        return _called(node, scope, depth, defaulted=defaulted)
    if node.type == "identifier":
        bound = scope.bound(node)
        if bound is not None and bound[0] != node:
            inner = bound[0]
            return default_sql(inner, scope, depth + 1) if defaulted else expression_sql(inner, scope, depth + 1)
    if node.type == "attribute" and last(node) in ("value", "name"):
        # A member of an enum, which its own file spells out.
        return everywhere("'", NamePart(folded(node, 200), scope.structure.span(node)), "'")
    if node.type in ("string", "concatenated_string"):
        return everywhere(*_raw(node, scope))
    return everywhere(HolePart(scope.structure.span(node), scope.origin(node)))


def _called(node: Node, scope: Scope, depth: int, *, defaulted: bool) -> Spoken:
    word, call = last(node), call_of(node)
    first = call.positional[0] if call.positional else None
    if word in _TEXTS and first is not None:
        return everywhere(*_raw(first, scope))
    if word.lower() in _CONSTANTS and first is None and not _is_function(node):
        return Spoken(*((text,) for text in _CONSTANTS[word.lower()]))
    if word in ("literal", "str", "bindparam") and first is not None:
        return everywhere(*_value(first, scope))
    if _is_function(node):
        return _function(node, scope, depth, defaulted=defaulted)
    return everywhere(HolePart(scope.structure.span(node), scope.origin(node)))


def _is_function(node: Node) -> bool:
    """`func.now()`, `sa.func.lower("A")`."""
    function = node.child_by_field_name("function")
    if function is not None and text_of(function) in ("now", "current_timestamp", "uuid_generate_v4"):
        return True
    target = function.child_by_field_name("object") if function is not None and function.type == "attribute" else None
    return target is not None and (last(target) == "func" or _is_space(target))


def _is_space(node: Node) -> bool:
    """`func.pg_catalog` of `func.pg_catalog.now()`."""
    target = node.child_by_field_name("object") if node.type == "attribute" else None
    return target is not None and last(target) == "func"


def _function(node: Node, scope: Scope, depth: int, *, defaulted: bool) -> Spoken:
    word, given = last(node), call_of(node).positional
    known = _FUNCTIONS.get(word.lower())
    if known is not None and not given:
        return Spoken(*((text,) for text in known))
    words: list[Words] = [(f"{word}(",)]
    for at, one in enumerate(given):
        words.append((", ",) if at else ())
        words.append(_argument(one, scope, depth))
    call: Words = (*(piece for some in words for piece in some), ")")
    # SQLite and MySQL take an expression for a default in parentheses only.
    enclosed: Words = ("(", *call, ")") if defaulted and depth == 0 else call
    return Spoken(call, enclosed, enclosed)


def _argument(node: Node, scope: Scope, depth: int) -> Words:
    node = scope.unwrapped(node)
    if node.type == "call":
        return expression_sql(node, scope, depth + 1).postgres or ()
    return _value(node, scope)


def argument_sql(node: Node, scope: Scope) -> Spoken:
    """An argument of a function: a string is a value there."""
    return everywhere(*_argument(node, scope, 0))


def _value(node: Node, scope: Scope) -> Words:
    origin = scope.origin(node)
    written = constant(origin.value) if isinstance(origin, LiteralOrigin) else None
    return (written,) if written is not None else (HolePart(scope.structure.span(node), origin),)


def _quoted(node: Node, scope: Scope) -> Words:
    """A string as the value it is."""
    words: list[str] = []
    for part in scope.parts(node):
        if not isinstance(part, LiteralPart):
            return (HolePart(scope.structure.span(node), scope.origin(node)),)
        words.append(part.value)
    return ("'" + "".join(words).replace("'", "''") + "'",)


def _raw(node: Node, scope: Scope) -> Words:
    r"""SQL as it is written; `\:` is how SQLAlchemy's text() has a colon that binds nothing."""
    parts = scope.parts(scope.unwrapped(node))
    return tuple(part.value.replace("\\:", ":") if isinstance(part, LiteralPart) else part for part in parts)
