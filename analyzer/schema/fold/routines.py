"""Routines and triggers: which columns of a new row fill themselves, and what calls of routines leave unknown.

What comes in: a schema and one change of a routine or trigger, or a call. What goes out: the schema after, and a Failure or None. A name that is
taken or missing is no failure here: functions are told apart by their parameters, which nobody reads. This module does not know bodies.
"""

from msgspec.structs import replace

from analyzer.catalog.named import Function
from analyzer.catalog.names import fold
from analyzer.catalog.schema import Schema
from analyzer.catalog.table import Table, Trigger
from analyzer.facts.change.routines import CreateFunction, CreateTrigger, DropTrigger
from analyzer.facts.change.statements import DataStatement
from analyzer.schema.fold.failures import missing
from analyzer.schema.fold.lookup import locate, same, with_table
from analyzer.schema.history import Failure

Folded = tuple[Schema, Failure | None]


def create_function(schema: Schema, change: CreateFunction) -> Folded:
    """The last definition of a name counts."""
    name = change.function.name
    made = Function(name, change.function.namespace, change.span, change.fills, change.effect)
    return replace(schema, functions={**schema.functions, _key(name, schema): made}), None


def _key(name: str, schema: Schema) -> str:
    return name if schema.dialect == "postgres" else name.lower()


def call(schema: Schema, change: DataStatement) -> Folded:
    """What a routine's dynamic SQL may have done to the names that it is given; one that nobody knows may do anything to them."""
    for called in change.calls:
        function = schema.functions.get(_key(called.name, schema))
        effect = function.effect if function is not None else "shapes" if change.verb == "call" else ""
        names = {fold(literal, schema.dialect) for literal in called.literals}
        if effect:
            schema = replace(schema, loose=schema.loose | names)
        if effect == "tables":
            schema = replace(schema, tainted=schema.tainted | {f"{name}_*" for name in names})
        elif effect == "shapes":
            schema = replace(schema, tainted=schema.tainted | names)
    return schema, None


def create_trigger(schema: Schema, change: CreateTrigger) -> Folded:
    table = locate(schema, change.table)
    if table is None:
        return schema, missing(schema, change.table, change.span)
    fills = change.fills
    if change.function is not None:
        function = schema.functions.get(_key(change.function.name, schema))
        fills = function.fills if function is not None else ("*",)
    refills = fills if change.before_update else ()
    made = Trigger(change.name, change.span, fills if change.before_insert else (), change.rows, refills)
    others = tuple(trigger for trigger in table.triggers if not same(trigger.name, change.name, schema))
    return with_table(schema, replace(table, triggers=(*others, made))), None


def drop_trigger(schema: Schema, change: DropTrigger) -> Folded:
    """Outside PostgreSQL the name says the table."""
    tables = tuple(schema.tables.values()) if change.table is None else (locate(schema, change.table),)
    for table in tables:
        if table is not None and not change.may:
            schema = _without(schema, table, change.name)
    return schema, None


def _without(schema: Schema, table: Table, name: str) -> Schema:
    kept = tuple(trigger for trigger in table.triggers if not same(trigger.name, name, schema))
    return schema if len(kept) == len(table.triggers) else with_table(schema, replace(table, triggers=kept))
