"""Functions and triggers: which columns of a new row fill themselves.

What comes in: a schema and one change of a function or trigger. What goes out: the schema after, and a Failure or None. A name that is taken or
missing is no failure here: functions are told apart by their parameters, which nobody reads. This module does not know what bodies do.
"""

from msgspec.structs import replace

from analyzer.catalog.schema import Function, Schema, Table, Trigger
from analyzer.facts.change import CreateFunction, CreateTrigger, DropTrigger
from analyzer.schema.fold.failures import missing
from analyzer.schema.fold.lookup import locate, same, with_table
from analyzer.schema.history import Failure

Folded = tuple[Schema, Failure | None]


def create_function(schema: Schema, change: CreateFunction) -> Folded:
    """The last definition of a name counts."""
    made = Function(change.function.name, change.function.namespace, change.span, change.fills)
    return replace(schema, functions={**schema.functions, made.name: made}), None


def create_trigger(schema: Schema, change: CreateTrigger) -> Folded:
    table = locate(schema, change.table)
    if table is None:
        return schema, missing(schema, change.table, change.span)
    fills = change.fills
    if change.function is not None:
        function = schema.functions.get(change.function.name)
        fills = function.fills if function is not None else ()
    made = Trigger(change.name, change.span, fills if change.before_insert else (), change.rows)
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
