"""An expression -> its value, with every column it mentions recorded.

What comes in: sqlglot's expression nodes and the scope they stand in. What goes out: type and nullability; references, problems and
what placeholders are compared with go to the ledger. Nodes nobody here knows are walked through: their value is unknown, their
columns are not lost. This module does not know statements: queries inside expressions are bound by `Context.query`.
"""

from sqlglot import exp

from analyzer.catalog.types import UNKNOWN, parse_type
from analyzer.facts.reference import Role
from analyzer.sql.binder import composites, postgres, predicates, types
from analyzer.sql.binder.functions import bind_function
from analyzer.sql.binder.misuse import check_window
from analyzer.sql.binder.names import bind_column, bind_in, key_of
from analyzer.sql.binder.operators import binary, compare, is_all, mixture
from analyzer.sql.binder.scopes import NOTHING, Context, Scope, Value
from analyzer.sql.binder.sqlite import bind_own, is_own
from analyzer.sql.binder.widths import check_rows, check_scalar

_IGNORED = (exp.DataType, exp.Var, exp.Identifier, exp.JSONPath, exp.Star, exp.Hint, exp.Table, exp.TableAlias)


def bind(node: exp.Expr | None, scope: Scope, ctx: Context, role: Role) -> Value:
    """The value of one expression."""
    match node:
        case None:
            return NOTHING
        case exp.Column():
            return bind_column(node, scope, ctx, role)
        case _ if is_own(node, ctx):
            return bind_own(node, scope, ctx, role, bind)
        case exp.Placeholder():
            return _placeholder(node, ctx)
        case exp.Literal():
            return types.literal(node, ctx.dialect)
        case exp.Null():
            return Value(UNKNOWN, True, literal=True)
        case exp.BitString() | exp.HexString() if ctx.dialect == "postgres":
            return Value(parse_type("bit", ctx.dialect), False)
        case exp.ByteString() | exp.RawString() | exp.National() if ctx.dialect == "postgres":
            return Value(types.text(ctx.dialect), False, literal=True)
        case exp.Boolean():
            return types.boolean(ctx.dialect, False)
        case exp.Paren() | exp.Alias():
            return bind(node.this, scope, ctx, role)
        case exp.Cast():
            return _cast(node, scope, ctx, role)
        case exp.And() | exp.Or():
            what = type(node).__name__.upper()
            return types.boolean(
                ctx.dialect, types.strict([condition(part, scope, ctx, role, what) for part in _flat(node)])
            )
        case exp.Not():
            return types.boolean(ctx.dialect, condition(node.this, scope, ctx, role, "NOT").nullable)
        case exp.Query():
            return _scalar_query(node, scope, ctx)
        case exp.Exists():
            ctx.query(node.this, scope)
            return types.boolean(ctx.dialect, False)
        case exp.In():
            return predicates.member(node, scope, ctx, role, bind)
        case exp.Between():
            return predicates.between(node, scope, ctx, role, bind)
        case exp.Dot():
            return _dot(node, scope, ctx, role)
        case exp.Kwarg() | exp.PropertyEQ():
            return _named(node, scope, ctx, role)
        case exp.Collate():
            return bind(node.this, scope, ctx, role)
        case exp.Any() | exp.All():
            return bind(node.this, scope, ctx, role)
        case exp.Anonymous() if is_all(node):
            return bind(node.expressions[0], scope, ctx, role)
        case exp.Window():
            return _window(node, scope, ctx, role)
        case exp.Case():
            return _case(node, scope, ctx, role)
        case exp.Bracket():
            return composites.bracket(node, scope, ctx, role, bind)
        case exp.Interval():
            return composites.interval(node, scope, ctx, role, bind)
        case exp.Array():
            return composites.array(node, scope, ctx, role, bind)
        case exp.AtTimeZone():
            return composites.at_time_zone(node, scope, ctx, role, bind)
        case exp.Neg() | exp.BitwiseNot():
            return composites.prefixed(node, scope, ctx, role, bind)
        case exp.MatchAgainst() if ctx.dialect == "postgres":
            return predicates.match(node, scope, ctx, role, bind)
        case exp.JSONExtract() | exp.JSONExtractScalar() | exp.JSONBExtract() | exp.JSONBExtractScalar():
            return composites.json(node, scope, ctx, role, bind)
        case exp.Is() if isinstance(node.expression, exp.Column) and ctx.dialect != "sqlite":
            return types.boolean(ctx.dialect, bind(node.this, scope, ctx, role).nullable)  # IS NORMALIZED
        case exp.Escape():
            bind(node.expression, scope, ctx, role)
            return bind(node.this, scope, ctx, role)
        case exp.Binary() if isinstance(node.this, exp.Tuple) and isinstance(node.expression, exp.Tuple):
            return predicates.rows(node, scope, ctx, role, bind)
        case exp.Binary():
            check_rows(node, ctx)
            return binary(node, bind(node.this, scope, ctx, role), bind(node.expression, scope, ctx, role), ctx)
        case exp.WithinGroup() if isinstance(node.this, exp.Func):
            order = node.expression
            sorted_by = [each.this if isinstance(each, exp.Ordered) else each for each in order.expressions]
            return bind_function(node.this, scope, ctx, role, bind, sorted_by)
        case exp.Filter():
            value = bind(node.this, scope, ctx, role)
            bind(node.expression, scope, ctx, "filter")
            return value
        case exp.Func():
            return bind_function(node, scope, ctx, role, bind)
        case _ if isinstance(node, _IGNORED):
            return NOTHING
        case _:
            return walk(node, scope, ctx, role)


def walk(node: exp.Expr, scope: Scope, ctx: Context, role: Role) -> Value:
    """Binds what a node is made of; says nothing of the whole."""
    for child in node.iter_expressions():
        bind(child, scope, ctx, role)
    return NOTHING


def condition(node: exp.Expr | None, scope: Scope, ctx: Context, role: Role, what: str) -> Value:
    """A value that is asked for its truth: a placeholder there is boolean. `what` asks."""
    value = bind(node, scope, ctx, role)
    if ctx.dialect == "postgres" and node is not None:
        postgres.expect(value, "boolean", ctx, node, what)
    elif value.parameter >= 0:
        ctx.learn(value.parameter, types.boolean(ctx.dialect, None))
    return value


def _named(node: exp.Expr, scope: Scope, ctx: Context, role: Role) -> Value:
    """`name => value`. make_interval alone takes a fraction, and only of seconds."""
    value = bind(node.expression, scope, ctx, role)
    if value.parameter >= 0 and node.name == "secs":
        ctx.learn(value.parameter, Value(parse_type("double precision", ctx.dialect)))
    return value


def _flat(node: exp.Expr) -> list[exp.Expr]:
    """Operands of a chain of ANDs or ORs: chains are long in generated SQL, and recursion is not."""
    kind, stack, out = type(node), [node], []
    while stack:
        top = stack.pop()
        if type(top) is kind:
            stack += (top.expression, top.this)
        else:
            out.append(top)
    return out


def _placeholder(node: exp.Placeholder, ctx: Context) -> Value:
    name = node.name
    return ctx.mention(int(name[1:])) if name[:1] == "p" and name[1:].isdigit() else NOTHING


def _cast(node: exp.Cast, scope: Scope, ctx: Context, role: Role) -> Value:
    inner = bind(node.this, scope, ctx, role)
    to = types.declared(node.args["to"], ctx.dialect)
    if ctx.schema is not None:
        to = ctx.schema.column_type(to)
    if ctx.dialect == "postgres":
        postgres.ask_for_type(to, node, ctx)
        postgres.cast(inner, to, ctx, node)
    if inner.parameter >= 0:
        ctx.learn(inner.parameter, Value(to))
    source = inner.source if inner.type == to else ""
    return Value(types.storage_class(to, ctx.dialect), inner.nullable, source, empty=inner.empty)


def _scalar_query(node: exp.Expr, scope: Scope, ctx: Context) -> Value:
    columns = ctx.query(node, scope)
    check_scalar(node, columns, ctx)
    if not columns:
        return Value(nullable=True)
    return Value(columns[0].type, columns[0].nullable if _gives_one_row(node) else True)


def _gives_one_row(node: exp.Expr) -> bool:
    """An aggregate without GROUP BY gives a row whatever it finds."""
    query = node.unnest() if isinstance(node, exp.Subquery) else node
    if not isinstance(query, exp.Select) or any(query.args.get(key) for key in ("group", "having", "limit", "offset")):
        return False
    return bool(query.expressions) and all(
        isinstance(each.unalias(), exp.AggFunc)
        or (isinstance(each.unalias(), exp.Coalesce) and isinstance(each.unalias().this, exp.AggFunc))
        for each in query.expressions
    )


def _dot(node: exp.Dot, scope: Scope, ctx: Context, role: Role) -> Value:
    """`(t).column` of a row, `(c).field` of a composite; anything else on the right is an expression."""
    row, name = node.this.unnest(), node.expression
    if isinstance(row, exp.Column) and row.args.get("table") is None and isinstance(name, exp.Identifier):
        key, level = key_of(row.this, ctx.dialect), scope
        while True:
            relation = level.relation(key)
            if relation is not None and not any(each.column(key) for each in level.relations):
                return bind_in(name, relation, level, ctx, role)
            if level.parent is None:
                break
            level = level.parent
    bind(node.this, scope, ctx, role)
    if isinstance(name, exp.Expr) and not isinstance(name, exp.Column):
        bind(name, scope, ctx, role)
    return NOTHING


def _window(node: exp.Window, scope: Scope, ctx: Context, role: Role) -> Value:
    value = bind(node.this, scope, ctx, role)
    bind_window(node, scope, ctx)
    check_window(node, ctx)
    return value


def bind_window(node: exp.Window, scope: Scope, ctx: Context) -> None:
    """What a window orders and divides by; its name is no column."""
    for each in node.args.get("partition_by") or ():
        bind(each, scope, ctx, "group")
    if isinstance(order := node.args.get("order"), exp.Order):
        for ordered in order.expressions:
            bind(ordered.this if isinstance(ordered, exp.Ordered) else ordered, scope, ctx, "order")


def _case(node: exp.Case, scope: Scope, ctx: Context, role: Role) -> Value:
    subject = bind(node.this, scope, ctx, role) if node.this else None
    branches = []
    for branch in node.args.get("ifs") or ():
        if subject is None:
            condition(branch.this, scope, ctx, role, "CASE/WHEN")
        else:
            compare(subject, bind(branch.this, scope, ctx, role), ctx, node)
        branches.append(bind(branch.args.get("true"), scope, ctx, role))
    default = node.args.get("default")
    last = bind(default, scope, ctx, role) if default is not None else Value(nullable=True, literal=True)
    # PostgreSQL looks at ELSE first.
    branches = [last, *branches] if ctx.dialect == "postgres" else [*branches, last]
    return mixture(branches, ctx, types.strict(branches), node, "CASE types")
