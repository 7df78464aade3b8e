"""PostgreSQL's choice of operators, functions and common types, for bound values.

What comes in: values and the sign or name that joins them. What goes out: the value they give; placeholders learn the types they are taken for, and what
no operator or function takes is a problem. Source: PostgreSQL's documentation, chapter 10, over its own catalogue. A type of an extension or a composite
is nobody's to judge: the result is unknown then. This module does not know scopes.
"""

from collections.abc import Sequence
from functools import lru_cache

from sqlglot import exp

from analyzer.catalog.types import UNKNOWN, ColumnType, parse_type
from analyzer.sql.binder import types
from analyzer.sql.binder.holes import is_hole
from analyzer.sql.binder.scopes import Context, Value
from analyzer.sql.resolution import OutputColumn, Problem
from analyzer.sql.signatures import overloads
from analyzer.sql.signatures.extensions import is_extension_type
from analyzer.sql.signatures.postgres import ANY, catalogue

UNTYPED = overloads.UNKNOWN
SIGNS: dict[type[exp.Expr], str] = {
    exp.EQ: "=", exp.NEQ: "<>", exp.LT: "<", exp.LTE: "<=", exp.GT: ">", exp.GTE: ">=", exp.NullSafeEQ: "=", exp.NullSafeNEQ: "=",
    exp.Like: "~~", exp.ILike: "~~*", exp.RegexpLike: "~", exp.RegexpILike: "~*", exp.Add: "+", exp.Sub: "-", exp.Mul: "*", exp.Div: "/",
    exp.Mod: "%", exp.Pow: "^", exp.BitwiseAnd: "&", exp.BitwiseOr: "|", exp.BitwiseXor: "#", exp.BitwiseLeftShift: "<<",
    exp.BitwiseRightShift: ">>", exp.DPipe: "||", exp.JSONExtract: "->", exp.JSONExtractScalar: "->>", exp.JSONBExtract: "#>",
    exp.JSONBExtractScalar: "#>>", exp.JSONBContainsTopKey: "?", exp.JSONBContainsAnyTopKeys: "?|", exp.JSONBContainsAllTopKeys: "?&",
    exp.JSONBDeleteAtPath: "#-", exp.JSONBPathExists: "@?", exp.ArrayContainsAll: "@>", exp.ArrayContainedBy: "<@", exp.ArrayOverlaps: "&&",
    exp.Adjacent: "-|-", exp.ExtendsLeft: "&<", exp.ExtendsRight: "&>", exp.Distance: "<->", exp.StartsWith: "^@", exp.MatchAgainst: "@@",
}  # fmt: skip
# Signs that extensions give no other meaning between PostgreSQL's own types; pg_trgm has `text % text`, others `<->` and `#`.
_OWN = frozenset(
    ("=", "<>", "<", "<=", ">", ">=", "+", "-", "*", "/", "||", "~~", "~~*", "~", "~*", "->", "->>", "#>", "#>>")
)
_FINDS_NOTHING = frozenset(("->", "->>", "#>", "#>>"))


def name_of(value: Value, ctx: Context) -> str:
    """A value's type as the catalogue has it: "unknown" for what has none yet, "" for what nobody here can judge."""
    if value.literal and value.type.family in ("text", "unknown"):
        return UNTYPED
    if value.parameter >= 0 and not value.type.name:
        return UNTYPED
    return type_name(value.type, ctx)


def type_name(type_: ColumnType, ctx: Context) -> str:
    """Without length; a domain is what it is made of."""
    base, array = (
        (type_.element or type_.name.removesuffix("[]"), "[]") if type_.family == "array" else (type_.name, "")
    )
    if base == "character":
        base = "bpchar"
    if catalogue().is_type(base):
        return base + array
    schema = ctx.schema
    if not base or schema is None:
        return ""
    if schema.enum(base) is not None:
        return base + array
    made = schema.type(base)
    return type_name(made.base, ctx) + array if made is not None and made.base is not None else ""


def of_name(name: str, ctx: Context) -> ColumnType:
    """The type of a name of the catalogue's; UNKNOWN for ""."""
    found = _parsed(name)
    if ctx.schema is not None and found.family in ("unknown", "array"):
        found = ctx.schema.column_type(found)
    return found


@lru_cache(maxsize=1024)
def _parsed(name: str) -> ColumnType:
    return parse_type(name, "postgres") if name else UNKNOWN


def take(value: Value, name: str, ctx: Context) -> None:
    """A placeholder without a type becomes one of this type."""
    if value.parameter >= 0 and not value.type.name and name and name != UNTYPED and name not in ANY:
        ctx.learn(value.parameter, Value(of_name(name, ctx)))


def operator(sign: str, left: Value, right: Value, ctx: Context, place: exp.Expr) -> ColumnType:
    """The type `left SIGN right` has."""
    names = name_of(left, ctx), name_of(right, ctx)
    if "" in names:
        _guess(left, right, names, ctx)
        return UNKNOWN
    chosen = overloads.chosen_operator(sign, *names)
    if chosen is None:
        if sign in _OWN and not (left.is_bare or right.is_bare):
            complain(f"operator does not exist: {names[0]} {sign} {names[1]}", sign, names, ctx, place, left, right)
        ctx.doubt("unknown-function")
        return UNKNOWN
    for value, name, other in ((left, chosen.takes[0], right), (right, chosen.takes[1], left)):
        if value.parameter >= 0 and not value.type.name and name:
            ctx.learn(value.parameter, Value(of_name(name, ctx), None, other.source))
    return of_name(chosen.gives, ctx)


def _guess(left: Value, right: Value, names: tuple[str, str], ctx: Context) -> None:
    """Beside a type of an extension or a composite a placeholder is of that type."""
    for value, name, other in ((left, names[0], right), (right, names[1], left)):
        if name == UNTYPED and value.parameter >= 0 and other.type.name:
            ctx.learn(value.parameter, Value(types.unmodified(other.type), None, other.source))


def prefix(sign: str, value: Value, ctx: Context, place: exp.Expr) -> ColumnType:
    """The type `SIGN value` has."""
    name = name_of(value, ctx)
    chosen = overloads.chosen_operator(sign, "", name) if name else None
    if chosen is None:
        if name and name != UNTYPED and not value.is_bare:
            complain(f"operator does not exist: {sign} {name}", sign, (name,), ctx, place)
        return UNKNOWN
    take(value, chosen.takes[0], ctx)
    return of_name(chosen.gives, ctx)


def quantified(sign: str, left: Value, right: Value, ctx: Context, place: exp.Expr) -> None:
    """`left SIGN ANY (array)`."""
    names = name_of(left, ctx), name_of(right, ctx)
    if names[1] == UNTYPED and names[0].endswith("[]"):
        ctx.doubt("not-understood")  # there is no type for an array of arrays
    if names[1] == UNTYPED:
        if not names[0]:
            element = types.unmodified(left.type)
            ctx.learn(right.parameter, Value(types.array_of(element), None, left.source))
            return
        chosen = overloads.chosen_operator(sign, names[0], UNTYPED)
        if chosen is not None:
            take(left, chosen.takes[0], ctx)
            if right.parameter >= 0 and chosen.takes[1]:
                ctx.learn(right.parameter, Value(of_name(f"{chosen.takes[1]}[]", ctx), None, left.source))
        return
    if names[1].endswith("[]"):
        element = of_name(names[1][:-2], ctx)
        operator(sign, left, Value(element, right.nullable, right.source), ctx, place)
    elif names[1]:
        complain(f"operator does not exist: {sign} ANY ({names[1]})", sign, names, ctx, place, left, right)


def expect(value: Value, wanted: str, ctx: Context, place: exp.Expr, what: str) -> None:
    """What stands where only one type may: an argument of WHERE, AND, LIMIT."""
    name = name_of(value, ctx)
    take(value, wanted, ctx)
    if name not in ("", UNTYPED) and not overloads.is_coercible(name, wanted) and not value.is_bare:
        complain(f"argument of {what} must be {wanted}, not {name}", what, (name,), ctx, place, value)


def assign(value: Value, column: Value, ctx: Context, place: exp.Expr) -> None:
    """A value is written to a column: its type must become the column's without a cast being written."""
    name, target = name_of(value, ctx), type_name(column.type, ctx)
    if value.parameter >= 0 and not value.type.name and column.type.name:
        ctx.learn(value.parameter, column)
    if "" in (name, target) or name == UNTYPED or value.is_bare or is_assignable(name, target):
        return
    shown = column.source.rpartition(".")[2]
    complain(
        f'column "{shown}" is of type {target} but expression is of type {name}',
        "=",
        (target, name),
        ctx,
        place,
        column,
        value,
    )


def is_assignable(source: str, target: str) -> bool:
    """Whether a value of one type can be written to a column of the other: everything can to a text."""
    if overloads.is_coercible(source, target) or overloads.category(target) == "S":
        return True
    if source.endswith("[]") and target.endswith("[]"):
        return is_assignable(source[:-2], target[:-2])
    return catalogue().casts.get((source, target)) in ("i", "a")


def is_castable(source: str, target: str) -> bool:
    """Whether CAST takes it: besides the casts there are, everything can become a text and a text everything."""
    if is_assignable(source, target) or overloads.category(source) == "S":
        return True
    if source.endswith("[]") and target.endswith("[]"):
        return is_castable(source[:-2], target[:-2])
    return (source, target) in catalogue().casts


def common(values: Sequence[Value], ctx: Context, place: exp.Expr, what: str) -> ColumnType:
    """The one type of several alternatives: branches of CASE, arguments of COALESCE, elements, rows of VALUES."""
    names = [name_of(value, ctx) for value in values]
    if "" in names:
        found = types.mixed([value for value in values if value.type.name])
        for value, name in zip(values, names, strict=True):
            if name == UNTYPED and value.parameter >= 0 and found.name:
                ctx.learn(value.parameter, Value(found))
        return found
    shared = overloads.common_type(names)
    if shared is None and any(value.is_bare for value in values):
        ctx.doubt("unknown-function")
        return UNKNOWN
    if shared is None:
        listed = " and ".join(dict.fromkeys(each for each in names if each != UNTYPED))
        complain(f"{what} {listed} cannot be matched", what, tuple(names), ctx, place, *values)
        return UNKNOWN
    for value in values:
        take(value, shared, ctx)
    typed = [value.type for value in values if value.type.name]
    first = typed[0] if typed else UNKNOWN
    same = all((value.type.name, value.type.modifier) == (first.name, first.modifier) for value in values)
    kept = same and first.name and type_name(first, ctx) == shared and not any(value.literal for value in values)
    return first if kept else of_name(shared, ctx)


def check_comparable(found: Sequence[Value | OutputColumn], ctx: Context, place: exp.Expr) -> None:
    """DISTINCT, UNION, GROUP BY and ORDER BY compare values with each other: json and a few other types cannot be."""
    for each in found:
        name = type_name(each.type, ctx)
        if name and overloads.chosen_operator("=", name, name) is None:
            complain(f"could not identify an equality operator for type {name}", "=", (name,), ctx, place, each)


def subscript(value: Value, ctx: Context, place: exp.Expr) -> None:
    """`value[1]`: of an array or a jsonb. A constant takes none without brackets."""
    name = name_of(value, ctx)
    if value.literal or value.is_bare:
        ctx.doubt("not-understood")
    elif name and not name.endswith("[]") and name not in ("jsonb", "point", "box", "lseg", "name", UNTYPED):
        complain(f"cannot subscript type {name}", "[]", (name,), ctx, place, value)


def cast(value: Value, type_: ColumnType, ctx: Context, place: exp.Expr) -> None:
    """CAST (value AS type)."""
    name, target = name_of(value, ctx), type_name(type_, ctx)
    if "" not in (name, target) and name != UNTYPED and not value.is_bare and not is_castable(name, target):
        complain(f"cannot cast type {name} to {target}", "CAST", (name, target), ctx, place, value)


def ask_for_type(type_: ColumnType, place: exp.Expr, ctx: Context) -> None:
    """A cast to a type that neither the engine nor the schema has; a table's name is its rows' type, and holes and other namespaces are left alone."""
    schema, name = ctx.schema, type_.element or type_.name.removesuffix("[]")
    if (
        schema is None
        or type_.namespace
        or not name
        or is_hole(name)
        or "*" in schema.tainted
        or is_extension_type(name)
    ):
        return
    known = (
        catalogue().is_type("bpchar" if name == "character" else name)
        or schema.enum(name)
        or schema.type(name)
        or schema.table(name)
    )
    if known or schema.is_tainted(name) or schema.is_empty():
        return
    ctx.complain(Problem("missing-type", *ctx.place(*stretch(place)), name=name))


def complain(
    message: str, sign: str, names: tuple[str, ...], ctx: Context, place: exp.Expr, *values: Value | OutputColumn
) -> None:
    """What PostgreSQL refuses for the types of these values."""
    columns = tuple(dict.fromkeys(value.source for value in values if value.source))
    where = ctx.place(*stretch(place))
    ctx.complain(Problem("incomparable", *where, message=message, name=sign, candidates=names, columns=columns))


def stretch(node: exp.Expr) -> tuple[int, int]:
    """Characters of the parsed text from the first to the last part of a node that has a place."""
    places = [(each.meta["start"], each.meta["end"] + 1) for each in node.walk() if "start" in each.meta]
    return (min(start for start, _ in places), max(end for _, end in places)) if places else (0, 0)
