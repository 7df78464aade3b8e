"""A call of one of SQLite's or MySQL's own functions -> its value; of one that the engine lacks, the doubt.

What comes in: a function's node, its name, its arguments' values. What goes out: type and nullability. A function nobody knows may be registered by the
program, a wrong number of arguments may be another version's: both leave the statement in doubt, neither is accused. This module does not bind
arguments.
"""

from sqlglot import exp

from analyzer.catalog.types import UNKNOWN, ColumnType, parse_type
from analyzer.sql.binder import mysql, storage, types
from analyzer.sql.binder.builtins import TABLE_FUNCTIONS, is_system_relation
from analyzer.sql.binder.misuse import check_call_place
from analyzer.sql.binder.names import extent
from analyzer.sql.binder.scopes import Context, Value
from analyzer.sql.scan import scan
from analyzer.sql.signatures.read import Signature, signature

# What the parser calls otherwise.
_RENAMED = {"btrim": "trim", "chr": "char"}


def known_call(node: exp.Expr, name: str, arguments: list[Value], ctx: Context) -> Value:
    """The value of a call whose arguments are bound."""
    name = _RENAMED.get(name, name) if "start" not in node.meta else name
    found = signature(name, ctx.dialect)
    check_call_place(node, ctx)
    check_call(node, name, ctx)
    if found is None:
        return Value(UNKNOWN, None)
    for value in arguments:
        if value.parameter >= 0 and found.gives == "all":
            ctx.learn(value.parameter, Value(types.mixed(arguments)))
    if name in ("iif", "if"):
        return _chosen(arguments, ctx)
    if name in ("lag", "lead"):
        return Value(_shared([*arguments[:1], *arguments[2:]], ctx), True)
    if name in ("min", "max") and len(arguments) > 1:
        return Value(_shared(arguments, ctx), types.strict(arguments))
    return Value(_given(found, arguments, ctx), _nullable(found, arguments))


def check_call(node: exp.Expr, name: str, ctx: Context) -> None:
    """Doubts a statement that calls what the engine does not have, or with as many arguments as it does not take."""
    found = signature(name, ctx.dialect)
    if found is None:
        own = name in TABLE_FUNCTIONS[ctx.dialect] or is_system_relation(name, "", ctx.dialect)
        made = ctx.schema is not None and ctx.schema.has_function(name)
        if not own and not made and ("start" in node.meta or isinstance(node, exp.Anonymous)):
            ctx.doubt("unknown-function")
        return
    count = _written(node, ctx)
    if count is not None and not found.takes(count):
        ctx.doubt("function-arguments")


def _written(node: exp.Expr, ctx: Context) -> int | None:
    """How many arguments stand between the brackets; None where the parser kept no place."""
    if "start" not in node.meta:
        return None
    depth = commas = items = 0
    rest = ctx.sql[extent(node)[1] :]
    for token in scan(rest, ctx.dialect):
        if token.kind == "comment":
            continue
        word = rest[token.start : token.end]
        if not depth and word != "(":
            return None
        if word == ")" and token.kind == "punctuation":
            depth -= 1
            if not depth:
                return commas + 1 if items else 0
        if depth == 1 and word == ",":
            commas += 1
        if depth:
            items += 1
        if word == "(" and token.kind == "punctuation":
            depth += 1
    return None


def _chosen(arguments: list[Value], ctx: Context) -> Value:
    """IF and IIF: conditions and values in turn, the last without a condition."""
    values = arguments[1::2] + (arguments[-1:] if len(arguments) % 2 else [])
    return Value(_shared(values, ctx), types.strict([*values, Value(nullable=len(arguments) % 2 == 0)]))


def _shared(values: list[Value], ctx: Context) -> ColumnType:
    return storage.shared(values) if ctx.dialect == "sqlite" else mysql.shared(values)


def _given(found: Signature, arguments: list[Value], ctx: Context) -> ColumnType:
    first = arguments[0] if arguments else Value()
    match found.gives:
        case "-":
            return UNKNOWN
        case "all":
            return _shared(arguments, ctx)
        case "1" if ctx.dialect != "sqlite":
            return types.unmodified(first.type)
        case "1":
            return storage.plain(first)
        case "num":
            return (
                storage.number(first)
                if ctx.dialect == "sqlite"
                else mysql.shared([first, first])
                if mysql.is_number(first)
                else UNKNOWN
            )
        case "str":
            name = storage.class_of(first)
            return storage.named("BLOB" if name == "BLOB" else "TEXT" if name else "")
        case "sum" | "avg":
            return types.summed(first, ctx.dialect) if found.gives == "sum" else types.averaged(first, ctx.dialect)
        case name:
            return parse_type(name, ctx.dialect)


def _nullable(found: Signature, arguments: list[Value]) -> bool | None:
    match found.null:
        case "n":
            return False
        case "?":
            return True
        case "s":
            return types.strict(arguments)
    if any(value.nullable is False for value in arguments):
        return False
    return True if arguments and all(value.nullable for value in arguments) else None
