"""A function call -> its value: aggregates, what every database has, and what only the database knows.

What comes in: sqlglot's function nodes, named or anonymous. What goes out: type and nullability; arguments are bound by the caller's
`bind`. This module does not know user-defined functions: their values are unknown, their arguments are not.
"""

import re
from collections.abc import Callable, Sequence

from msgspec.structs import replace
from sqlglot import exp

from analyzer.catalog.types import UNKNOWN, ColumnType, parse_type
from analyzer.facts.reference import Role
from analyzer.sql.binder import postgres, types
from analyzer.sql.binder.builtins import PARAMETERS, function_result, named_type
from analyzer.sql.binder.calls import known_call
from analyzer.sql.binder.names import extent
from analyzer.sql.binder.scopes import Context, Scope, Value
from analyzer.sql.signatures import overloads
from analyzer.sql.signatures.postgres import ANY, Signature, catalogue

Bind = Callable[[exp.Expr | None, Scope, Context, Role], Value]
_AGGREGATES = frozenset({"min", "max", "sum", "avg", "group_concat", "string_agg"})
_COLLECTING = frozenset({"json_agg", "jsonb_agg"})
_WORD = re.compile(r"\w+\Z")
# Functions the parser renames and keeps no place of.
_NAMES = {
    exp.CurrentTimestamp: "current_timestamp", exp.CurrentDate: "current_date", exp.CurrentTime: "current_time",
    exp.CurrentUser: "current_user", exp.Localtimestamp: "localtimestamp", exp.Localtime: "localtime", exp.SessionUser: "session_user",
    exp.Extract: "extract", exp.Trim: "btrim", exp.Substring: "substring", exp.Coalesce: "coalesce", exp.If: "if",
}  # fmt: skip


def function_name(node: exp.Expr, ctx: Context) -> str:
    """The name as it is written, lower case and without a schema."""
    if isinstance(node, exp.Anonymous):
        return node.name.lower()
    if ctx.dialect == "postgres" and type(node) in _SYNTAX:
        return _SYNTAX[type(node)]
    start, end = extent(node)
    written = _WORD.search(ctx.sql[start:end])
    if written is not None:
        return written[0].lower()
    if ctx.dialect == "postgres" and isinstance(node, exp.GroupConcat | exp.StrPosition):
        return "string_agg" if isinstance(node, exp.GroupConcat) else "position"
    for kind, name in _NAMES.items():
        if isinstance(node, kind):
            return name
    return node.sql_name().lower() if isinstance(node, exp.Func) else ""


def bind_function(
    node: exp.Func, scope: Scope, ctx: Context, role: Role, bind: Bind, sorted_by: Sequence[exp.Expr] = ()
) -> Value:
    """The value of a call, its arguments bound; `sorted_by` are those of WITHIN GROUP."""
    name = function_name(node, ctx)
    arguments = _arguments(node, scope, ctx, role, bind)
    arguments += [bind(each, scope, ctx, "order") for each in sorted_by]
    if ctx.dialect == "postgres":
        return _postgres(name, node, arguments, ctx)
    found = known_call(node, name, arguments, ctx)
    return _aggregate(node, arguments, found) if name in _AGGREGATES and len(arguments) == 1 else found


def _aggregate(node: exp.Expr, arguments: list[Value], value: Value) -> Value:
    """An aggregate's value may be NULL over all rows, of which there may be none; of a group only where its argument is."""
    select = node.find_ancestor(exp.Select)
    grouped = select is not None and select.args.get("group") is not None
    if isinstance(node.parent, exp.Filter):
        return replace(value, nullable=True)
    if grouped or isinstance(node.parent, exp.Window):
        return replace(value, nullable=types.strict(arguments))
    return replace(value, nullable=True, empty=True)


def _arguments(node: exp.Func, scope: Scope, ctx: Context, role: Role, bind: Bind) -> list[Value]:
    values = []
    for child in node.iter_expressions():
        for part in _parts(child):
            if isinstance(part, exp.Query):
                columns = ctx.query(part, scope) or ()
                values.append(Value(columns[0].type, True) if columns else Value(nullable=True))
            elif isinstance(part, exp.Ordered):
                bind(part.this, scope, ctx, "order")
            else:
                values.append(bind(part, scope, ctx, role))
    return values


def _parts(argument: exp.Expr) -> list[exp.Expr]:
    """What an aggregate's argument is made of: DISTINCT and ORDER BY are no values."""
    if isinstance(argument, exp.Distinct):
        return [part for each in argument.expressions for part in _parts(each)]
    if isinstance(argument, exp.Order):
        return (
            [*_parts(argument.this), *argument.expressions] if argument.this is not None else list(argument.expressions)
        )
    if isinstance(argument, exp.Var | exp.Identifier | exp.DataType | exp.Star):
        return []
    return [argument]


def _first(arguments: list[Value]) -> Value:
    return arguments[0] if arguments else Value()


def _all_nullable(arguments: list[Value]) -> bool | None:
    if any(value.nullable is False for value in arguments):
        return False
    return True if arguments and all(value.nullable for value in arguments) else None


def _alternatives(values: list[Value], ctx: Context, nullable: bool | None) -> Value:
    type_ = types.mixed(values)
    for value in values:
        if value.parameter >= 0:
            ctx.learn(value.parameter, Value(type_))
    return Value(types.storage_class(type_, ctx.dialect), nullable)


def _rows(name: str, arguments: list[Value], ctx: Context) -> ColumnType:
    first = _first(arguments).type
    return types.element_of(first, ctx.dialect) if name == "unnest" else types.mixed(arguments)


def _by_table(name: str, arguments: list[Value], ctx: Context) -> Value:
    known = function_result(name, ctx.dialect)
    if known is None:
        return Value(UNKNOWN, None)
    result, mark = known
    index = int(result) - 1 if result in ("1", "2") else -1
    if index == 1 and len(arguments) == 1:
        index = 0
    if index < 0:
        type_ = named_type(result, ctx.dialect)
    else:
        argument = arguments[index].type if index < len(arguments) else UNKNOWN
        type_ = types.unmodified(types.storage_class(argument, ctx.dialect))
    if type_.name == "character varying" and mark == "?":
        type_ = types.text(ctx.dialect) if name in ("min", "max") else type_
    nullable = {"n": False, "?": True}.get(mark, types.strict(arguments))
    return Value(type_, nullable)


# What PostgreSQL writes with words between the arguments.
_SYNTAX: dict[type[exp.Expr], str] = {
    exp.Extract: "extract", exp.Trim: "btrim", exp.Substring: "substring", exp.StrPosition: "position", exp.Overlay: "overlay", exp.Sqrt: "sqrt",
    exp.Normalize: "normalize", exp.JSONObject: "json_object", exp.CurrentTimestamp: "current_timestamp", exp.CurrentDate: "current_date",
    exp.CurrentTime: "current_time", exp.CurrentUser: "current_user", exp.Localtimestamp: "localtimestamp", exp.Localtime: "localtime",
    exp.SessionUser: "session_user", exp.CurrentSchema: "current_schema", exp.CurrentCatalog: "current_catalog", exp.CurrentRole: "current_role",
}  # fmt: skip
_CHOICES = {"coalesce": "COALESCE types", "greatest": "GREATEST types", "least": "LEAST types"}


def _postgres(name: str, node: exp.Func, arguments: list[Value], ctx: Context) -> Value:
    if name in _CHOICES and not arguments:
        ctx.doubt("unknown-function")
        return Value(UNKNOWN, None)
    if name in _CHOICES:
        return Value(postgres.common(arguments, ctx, node, _CHOICES[name]), _all_nullable(arguments))
    if name == "nullif" and len(arguments) > 1:
        postgres.operator("=", arguments[0], arguments[1], ctx, node)
        first = ctx.relearnt(arguments[0])
        type_ = types.text(ctx.dialect) if first.literal and first.type.family in ("text", "unknown") else first.type
        return Value(type_, True)
    if isinstance(node, exp.Extract):
        arguments = [Value(types.text(ctx.dialect), False, literal=True), *arguments[-1:]]
    if isinstance(node, exp.Anonymous) and any(
        isinstance(each, exp.Kwarg | exp.PropertyEQ) for each in node.expressions
    ):
        return _named(name, arguments, ctx)
    return call(name, arguments, ctx, node)


def call(name: str, arguments: list[Value], ctx: Context, node: exp.Expr) -> Value:
    """The value of a function of PostgreSQL's, chosen by the types of its arguments."""
    kind = next((each for each in _NO_BRACKETS if name == each), "")
    if kind:
        return Value(parse_type(_NO_BRACKETS[kind], ctx.dialect), kind == "current_schema")
    signatures = catalogue().functions(name)
    nullable = _nullable(name, arguments, ctx)
    if not signatures or (ctx.schema is not None and ctx.schema.has_function(name)):
        if (
            not signatures
            and function_result(name, ctx.dialect) is None
            and (ctx.schema is None or not ctx.schema.has_function(name))
        ):
            ctx.doubt("unknown-function")
        _learn(name, arguments, ctx)
        return _by_table(name, arguments, ctx) if not signatures else Value(UNKNOWN, None)
    names = tuple(postgres.name_of(value, ctx) for value in arguments)
    if "" in names or any(isinstance(each, exp.Variadic) for each in node.args.get("expressions") or ()):
        _learn(name, arguments, ctx)
        return Value(_only(signatures, len(names), arguments, ctx), nullable)
    chosen = overloads.chosen_function(name, names)
    if chosen is None and len(names) == 1 and parse_type(name, ctx.dialect).family != "unknown":
        return Value(parse_type(name, ctx.dialect), nullable)  # a type's name with brackets is a cast
    if chosen is None:
        if not _is_vague(signatures, names) and not any(value.is_bare for value in arguments):
            postgres.complain(f"function {name}({', '.join(names)}) does not exist", name, names, ctx, node, *arguments)
        ctx.doubt("unknown-function")
        return Value(UNKNOWN, nullable)
    for value, taken in zip(arguments, chosen.takes, strict=True):
        postgres.take(value, taken, ctx)
    if chosen.signature.kind == "aggregate" and name not in ("count", "regr_count", "grouping"):
        return _aggregate(node, [] if name in _COLLECTING else arguments, Value(postgres.of_name(chosen.gives, ctx)))
    if not chosen.gives or not all(chosen.takes):
        ctx.doubt("unknown-function")
    return Value(postgres.of_name(chosen.gives, ctx), nullable)


def _nullable(name: str, arguments: list[Value], ctx: Context) -> bool | None:
    known = function_result(name, ctx.dialect)
    if known is not None:
        return {"n": False, "?": True}.get(known[1], types.strict(arguments))
    return True if any(value.nullable for value in arguments) else None


def _is_vague(signatures: tuple[Signature, ...], names: tuple[str, ...]) -> bool:
    """Several would do, as far as literals are concerned: the engine may still tell them apart."""
    sized = [takes for one in signatures if (takes := one.of(len(names))) is not None]
    return overloads.UNKNOWN in names and any(
        all(overloads.is_coercible(name, take) for name, take in zip(names, takes, strict=True)) for takes in sized
    )


def _only(signatures: tuple[Signature, ...], count: int, arguments: list[Value], ctx: Context) -> ColumnType:
    """What all of them give that take so many arguments; of an argument of no known type, what comes back as it went in."""
    sized = [one for one in signatures if one.of(count) is not None]
    gives = {one.gives for one in sized}
    if len(gives) != 1:
        return UNKNOWN
    given = gives.pop()
    if given not in ANY:
        return postgres.of_name(given, ctx)
    same = [
        value.type for value, take in zip(arguments, sized[0].takes, strict=False) if take == given and value.type.name
    ]
    element = [value.type for value, take in zip(arguments, sized[0].takes, strict=False) if value.type.name]
    if same:
        return types.unmodified(same[0])
    return types.array_of(types.unmodified(element[0])) if given.endswith("array") and element else UNKNOWN


def _named(name: str, arguments: list[Value], ctx: Context) -> Value:
    """Arguments by name: which one each is, the catalogue here does not say."""
    gives = {one.gives for one in catalogue().functions(name)}
    type_ = postgres.of_name(gives.pop(), ctx) if len(gives) == 1 else UNKNOWN
    return Value(type_, _nullable(name, arguments, ctx))


_NO_BRACKETS = {
    "current_timestamp": "timestamptz", "current_date": "date", "current_time": "timetz", "localtimestamp": "timestamp", "localtime": "time",
    "current_user": "name", "session_user": "name", "current_role": "name", "current_catalog": "name", "current_schema": "name", "user": "name",
    "row": "record", "grouping": "integer",
}  # fmt: skip


def _learn(name: str, arguments: list[Value], ctx: Context) -> None:
    """Placeholders as arguments of an extension's functions, or beside a type of an extension: the types the function declares."""
    for value, type_ in zip(arguments, PARAMETERS.get(name, ()), strict=False):
        if value.parameter >= 0:
            ctx.learn(value.parameter, Value(parse_type(type_, ctx.dialect)))
