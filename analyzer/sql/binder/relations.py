"""A FROM clause -> the relations of a scope: tables, CTEs, subqueries, table functions, and how they are joined.

What comes in: sqlglot's From, Join, Table, Lateral, Unnest and Values nodes. What goes out: relations added to the scope, table
references in the ledger. A relation the catalogue lacks is kept, open: its columns are nobody's to accuse. This module does not
know select lists.
"""

import msgspec
from sqlglot import exp

from analyzer.catalog.table import Table
from analyzer.facts.reference import Role
from analyzer.sql.binder.builtins import KEYWORDS, is_system_relation
from analyzer.sql.binder.expressions import bind, walk
from analyzer.sql.binder.holes import end_of, is_hole
from analyzer.sql.binder.joins import join_relations
from analyzer.sql.binder.names import alias_key, extent, key_of
from analyzer.sql.binder.postgres import of_name
from analyzer.sql.binder.scopes import Context, Relation, Scope, ScopeColumn, as_scope_columns
from analyzer.sql.binder.system import system_relation
from analyzer.sql.binder.table_functions import called, unnested
from analyzer.sql.binder.tables import columns_of, known, renamed
from analyzer.sql.resolution import Status
from analyzer.sql.signatures.postgres import catalogue


def add_from(node: exp.Expr, scope: Scope, ctx: Context) -> None:
    """The relations of a SELECT's FROM clause, joins and laterals."""
    source = node.args.get("from_")
    if isinstance(source, exp.From):
        add_item(source.this, scope, ctx)
    for lateral in node.args.get("laterals") or ():
        add_item(lateral, scope, ctx)
    add_joins(node, scope, ctx)
    bind_pending(scope, ctx)


def bind_pending(scope: Scope, ctx: Context) -> None:
    """Conditions of joins, where they see every relation."""
    pending, scope.pending = scope.pending, []
    for condition in pending:
        bind(condition, scope, ctx, "join")


def add_joins(node: exp.Expr, scope: Scope, ctx: Context) -> None:
    for join in node.args.get("joins") or ():
        before = len(scope.relations)
        add_item(join.this, scope, ctx)
        join_relations(join, before, scope, ctx)


def add_item(node: exp.Expr, scope: Scope, ctx: Context, role: Role = "read") -> None:
    """One item of a FROM clause, with what is joined to it inside brackets."""
    match node:
        case exp.Table() if isinstance(node.this, exp.Func | exp.Dot) or node.args.get("rows_from"):
            _function(node, scope, ctx)
        case exp.Table():
            scope.relations.append(table_relation(node, scope, ctx, role))
        case exp.Lateral():
            _lateral(node, scope, ctx)
        case exp.Unnest():
            scope.relations.append(unnested(node, node, scope, ctx))
        case exp.Subquery() if isinstance(node.this, exp.Table | exp.Subquery) and not isinstance(
            node.unnest(), exp.Query
        ):
            add_item(node.this, scope, ctx, role)
        case exp.Values() | exp.Query():
            scope.relations.append(
                _derived(node, node, Scope(scope.dialect, scope.parent, ctes=visible_ctes(scope)), ctx)
            )
        case exp.Paren():
            add_item(node.this, scope, ctx, role)
        case _:
            walk(node, scope, ctx, "read")
            scope.relations.append(_open(node.alias_or_name.lower(), ctx, "open-table"))
    if not isinstance(node, exp.Query):
        for lateral in node.args.get("laterals") or ():
            add_item(lateral, scope, ctx)
    if isinstance(node, exp.Table | exp.Subquery):
        add_joins(node, scope, ctx)


def visible_ctes(scope: Scope) -> dict[str, Relation]:
    found: dict[str, Relation] = {}
    level: Scope | None = scope
    while level is not None:
        found = level.ctes | found
        level = level.parent
    return found


def _open(alias: str, ctx: Context, reason: str) -> Relation:
    return Relation(alias, "", (), ctx.dialect, "missing", closed=False, reason=reason)


def table_relation(node: exp.Table, scope: Scope, ctx: Context, role: Role = "read") -> Relation:
    """A named relation: a CTE, a table of the catalogue, one of the system, or one that is not there."""
    name, namespace = node.name, node.db
    alias = alias_key(node, ctx) or (key_of(node.this, ctx.dialect) if isinstance(node.this, exp.Identifier) else "")
    place = extent(node.this)
    table = ctx.schema.table(_folded(node.this, ctx)) if ctx.schema is not None and is_hole(namespace) else None
    if table is not None and not is_hole(name):
        # `{schema}.orders`: the table of that name, if that is the schema.
        ctx.refer(place, table.name, None, role, "resolved", namespace=table.namespace)
        found = known(table, alias, renamed(columns_of(table, ctx), node), ctx)
        # Where it was made under a spliced name as well, both speak of one.
        return found if table.spliced else msgspec.structs.replace(found, closed=False, reason="dynamic")
    if is_hole(name) or is_hole(namespace):
        spliced = _spliced(node, ctx)
        if spliced is not None:
            return _resolved(spliced, alias, node, ctx, role)
        ctx.ledger.dynamic_tables = ctx.ledger.dynamic_tables or is_hole(name)
        known_part = end_of(name) if is_hole(name) else name
        ctx.refer(place, "" if ctx.schema else known_part, None, role, "unknown", reason="dynamic")
        return _open(alias, ctx, "dynamic")
    cte = None if namespace else scope.cte(key_of(node.this, ctx.dialect))
    if cte is not None:
        ctx.refer(place, name, None, role, "resolved", derived=True)
        return Relation(
            alias, "", renamed(cte.columns, node), ctx.dialect, "derived", closed=cte.closed, reason=cte.reason
        )
    if is_system_relation(name, namespace, ctx.dialect):
        ctx.refer(place, name, None, role, "resolved", namespace=namespace, derived=True)
        own = system_relation(name, alias, namespace) if ctx.dialect == "sqlite" else None
        return own or _system(name, namespace, alias, node, ctx)
    if not namespace and alias and name.lower() in KEYWORDS[ctx.dialect] and not node.this.args.get("quoted"):
        ctx.refer(place, name, None, role, "resolved", derived=True)  # FROM current_date: a function without brackets
        return _open(alias, ctx, "external")
    if ctx.schema is None:
        ctx.refer(place, name, None, role, "unknown", namespace=namespace, reason="no-schema")
        return Relation(alias, name, (), ctx.dialect, "missing", namespace, closed=False, reason="no-schema")
    table = ctx.schema.table(_folded(node.this, ctx), _folded(node.args.get("db"), ctx))
    if table is None:
        return _missing(node, alias, ctx, role)
    return _resolved(table, alias, node, ctx, role)


def _system(name: str, namespace: str, alias: str, node: exp.Table, ctx: Context) -> Relation:
    """A relation of the engine's own: what it has depends on its version, so it stays open."""
    if ctx.dialect != "postgres":
        return _open(alias, ctx, "external")
    listed = catalogue().columns(namespace.lower() or "pg_catalog", name.lower())
    columns = tuple(ScopeColumn(column, of_name(type_, ctx), nullable) for column, type_, nullable in listed)
    return Relation(alias, "", renamed(columns, node), ctx.dialect, "missing", closed=False, reason="external")


def _resolved(table: Table, alias: str, node: exp.Table, ctx: Context, role: Role) -> Relation:
    ctx.refer(extent(node.this), table.name, None, role, "resolved", namespace=table.namespace)
    return known(table, alias, renamed(columns_of(table, ctx), node), ctx)


def _spliced(node: exp.Table, ctx: Context) -> Table | None:
    """The table whose namespace, or the beginning of whose name, is a hole."""
    if ctx.schema is None:
        return None
    key = _folded(node.this, ctx)
    return ctx.schema.ending(end_of(key)) if is_hole(key) else ctx.schema.table(key)


def _folded(identifier: object, ctx: Context) -> str:
    return key_of(identifier, ctx.dialect) if isinstance(identifier, exp.Identifier) else ""


def _missing(node: exp.Table, alias: str, ctx: Context, role: Role) -> Relation:
    name, namespace, schema = node.name, node.db, ctx.schema
    reason = ""
    if schema is None or schema.is_tainted(name):
        reason = "tainted"
    elif ctx.external(name) or _is_sequence(node, ctx) or _is_foreign_namespace(namespace, ctx) or node.catalog:
        reason = "external"
    elif ctx.hidden_relations:
        reason = "dynamic"
    status: Status = "unknown" if reason else "unresolved"
    ctx.refer(extent(node.this), name, None, role, status, namespace=namespace, reason=reason)
    return Relation(alias, name, (), ctx.dialect, "missing", namespace, closed=False, reason="unknown-table")


def _is_sequence(node: exp.Table, ctx: Context) -> bool:
    """A sequence is a relation of one row; that of a serial column no migration names."""
    if ctx.dialect != "postgres":
        return False
    query = node.parent_select
    read = {each.name for each in query.expressions} if isinstance(query, exp.Select) else set()
    return node.name.endswith("_seq") or (bool(read) and read <= {"last_value", "is_called", "log_cnt"})


def _is_foreign_namespace(namespace: str, ctx: Context) -> bool:
    return bool(namespace) and ctx.schema is not None and not ctx.schema.has_namespace(namespace)


def _derived(node: exp.Expr, holder: exp.Expr, scope: Scope, ctx: Context) -> Relation:
    columns = ctx.query(node, scope)
    shown = renamed(as_scope_columns(columns), holder)
    return Relation(
        alias_key(holder, ctx), "", shown, ctx.dialect, "derived", closed=columns is not None,
        reason="" if columns is not None else "open-table",
    )  # fmt: skip


def _function(node: exp.Expr, scope: Scope, ctx: Context) -> None:
    for each in node.args.get("rows_from") or ():
        add_item(each, Scope(scope.dialect, scope), ctx)
    scope.relations.append(called(node, scope, ctx))


def _lateral(node: exp.Lateral, scope: Scope, ctx: Context) -> None:
    inner = node.this
    if isinstance(inner, exp.Query):
        scope.relations.append(_derived(inner, node, scope, ctx))
    elif isinstance(inner, exp.Unnest):
        scope.relations.append(unnested(inner, node, scope, ctx))
    else:
        _function(node, scope, ctx)
