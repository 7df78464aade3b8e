"""A table of the catalogue as a relation of a scope: its columns, what an alias calls them, what each engine adds.

What comes in: a Table, the node that names it. What goes out: a Relation. This module does not know how a name finds its table.
"""

import msgspec
from sqlglot import exp

from analyzer.catalog.table import Table
from analyzer.sql.binder.builtins import PSEUDO_COLUMNS
from analyzer.sql.binder.scopes import Context, Relation, ScopeColumn


def renamed(columns: tuple[ScopeColumn, ...], node: exp.Expr) -> tuple[ScopeColumn, ...]:
    """Columns under the names an alias's column list gives; a list may be shorter than the relation."""
    alias = node.args.get("alias")
    names = [each.name for each in alias.args.get("columns") or ()] if isinstance(alias, exp.TableAlias) else []
    head = [msgspec.structs.replace(old, name=name) for name, old in zip(names, columns, strict=False)]
    return (*head, *columns[len(names) :], *(ScopeColumn(name) for name in names[len(columns) :]))


def columns_of(table: Table, ctx: Context) -> tuple[ScopeColumn, ...]:
    resolve = ctx.schema.column_type if ctx.schema is not None else None
    return tuple(
        ScopeColumn(
            column.name, resolve(column.type) if resolve else column.type,
            column.nullable and not _is_rowid_alias(table, column.name), f"{table.name}.{column.name}",
            column.certain, described=True if table.kind == "view" and ctx.dialect == "postgres" else None,
        )
        for column in table.columns
    )  # fmt: skip


def _is_rowid_alias(table: Table, name: str) -> bool:
    """SQLite never stores NULL in the column that is the rowid."""
    key = table.primary_key
    if not table.is_rowid_table or key is None or len(key.columns) != 1 or key.columns[0].lower() != name.lower():
        return False
    column = table.column(name)
    return column is not None and column.type.raw.upper() == "INTEGER"


def known(table: Table, alias: str, columns: tuple[ScopeColumn, ...], ctx: Context) -> Relation:
    tainted = ctx.schema is not None and ctx.schema.is_tainted(table.name)
    closed = table.closed and table.certain and not tainted
    pseudo = PSEUDO_COLUMNS[ctx.dialect]
    if ctx.dialect == "sqlite" and not table.is_rowid_table and table.kind == "table":
        pseudo = frozenset[str]()
    if any("virtual" in option or "fts" in option for option in table.options):
        pseudo |= {"rank"}
    return Relation(
        alias, table.name, columns, ctx.dialect, "table", table.namespace, closed,
        "" if closed else "tainted" if tainted else "open-table", pseudo,
        rowid=next((column.name for column in table.columns if _is_rowid_alias(table, column.name)), "") if ctx.dialect == "sqlite" else "",
    )  # fmt: skip
