"""Functions in a FROM clause -> relations: what they return, one column or several, and how an alias renames it.

What comes in: sqlglot's function, Unnest and Table nodes. What goes out: a Relation, open where only the database knows what a function returns.
This module does not know scopes: adding the relation is the caller's.
"""

import msgspec
from sqlglot import exp

from analyzer.catalog.types import UNKNOWN, parse_type
from analyzer.sql.binder import types
from analyzer.sql.binder.builtins import PSEUDO_COLUMNS, TABLE_FUNCTIONS, is_system_relation
from analyzer.sql.binder.expressions import bind
from analyzer.sql.binder.functions import function_name
from analyzer.sql.binder.names import alias_key
from analyzer.sql.binder.postgres import of_name
from analyzer.sql.binder.scopes import Context, Relation, Scope, ScopeColumn, Value, column_key
from analyzer.sql.binder.system import system_relation
from analyzer.sql.binder.tables import renamed
from analyzer.sql.signatures.postgres import catalogue

_Listed = tuple[tuple[str, str, bool], ...]


def unnested(node: exp.Unnest, holder: exp.Expr, scope: Scope, ctx: Context) -> Relation:
    """One column for each array, under the alias's name where it lists none."""
    alias = alias_key(holder, ctx) or alias_key(node, ctx)
    values = [bind(each, scope, ctx, "read") for each in node.expressions]
    columns = tuple(ScopeColumn(alias or "unnest", types.element_of(value.type, ctx.dialect)) for value in values)
    if node.args.get("offset") or holder.args.get("ordinality"):
        counter = node.args.get("offset")  # the parser takes the last alias for it
        name = counter.name if isinstance(counter, exp.Identifier) else "ordinality"
        columns = (*columns, ScopeColumn(name, parse_type("bigint", ctx.dialect), False))
    named = holder if alias_key(holder, ctx) else node
    # An array of rows gives their columns, and a parameter's type may be one.
    known = all(column.type.family not in ("unknown", "other") for column in columns)
    listed = named.args["alias"].args.get("columns") if named.args.get("alias") else None
    return Relation(
        alias or "unnest", "", renamed(columns, named), ctx.dialect, "function", closed=known or bool(listed),
        reason="open-table",
    )  # fmt: skip


def called(node: exp.Expr, scope: Scope, ctx: Context) -> Relation:
    """A table function. Where only the database knows what it returns, the relation is open."""
    call = node.this
    value = bind(call, scope, ctx, "read") if isinstance(call, exp.Expr) else None
    name = function_name(call, ctx) if isinstance(call, exp.Func) else ""
    alias = alias_key(node, ctx) or name
    own = system_relation(name, alias, "") if ctx.dialect == "sqlite" else None
    if own is not None:
        return own
    definitions = node.args["alias"].args.get("columns") or () if node.args.get("alias") else ()
    if definitions and all(isinstance(each, exp.ColumnDef) for each in definitions):
        columns = tuple(
            ScopeColumn(each.name, types.declared(each.args["kind"], ctx.dialect), True) for each in definitions
        )
        return Relation(alias, "", columns, ctx.dialect, "function")
    listed = TABLE_FUNCTIONS[ctx.dialect].get(name)
    columns = _given(name, node, value, listed, ctx)
    if node.args.get("ordinality"):
        columns = (*columns, ScopeColumn("ordinality", parse_type("bigint", ctx.dialect), False))
    columns = tuple(
        msgspec.structs.replace(each, name=column_key(each.name, ctx.dialect)) for each in renamed(columns, node)
    )
    pseudo = PSEUDO_COLUMNS["sqlite"] if ctx.dialect == "sqlite" else frozenset[str]()
    is_known = bool(columns) and (listed is not None or not definitions or len(columns) >= len(definitions))
    return Relation(
        alias,
        "",
        columns,
        ctx.dialect,
        "function",
        closed=is_known,
        reason="external" if is_system_relation(name, "", ctx.dialect) else "open-table",
        pseudo=pseudo,
    )


def _given(
    name: str, node: exp.Expr, value: Value | None, listed: _Listed | None, ctx: Context
) -> tuple[ScopeColumn, ...]:
    """What the engine's function gives: the columns of its rows, or one under the alias's name."""
    if ctx.dialect != "postgres":
        return tuple(
            ScopeColumn(column, parse_type(type_, ctx.dialect) if type_ else UNKNOWN, nullable)
            for column, type_, nullable in listed or ()
        )
    signatures = catalogue().functions(name)
    if not signatures or (ctx.schema is not None and ctx.schema.has_function(name)):
        return ()
    if signatures[0].columns:
        nullable = {column: null for column, _, null in listed or ()}
        return tuple(
            ScopeColumn(column, of_name(type_, ctx), nullable.get(column)) for column, type_ in signatures[0].columns
        )
    if signatures[0].gives in ("record", "anyelement") and name != "unnest":
        return ()
    never = (
        False if name in ("generate_series", "json_object_keys", "jsonb_object_keys", "regexp_split_to_table") else None
    )
    # A function that names its only result gives the column that name.
    own = listed[0][0] if listed is not None and len(listed) == 1 else ""
    return (ScopeColumn(own or alias_key(node, ctx) or name, value.type if value else UNKNOWN, never, scalar=True),)
