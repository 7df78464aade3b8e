"""What a statement does to the session: transactions and savepoints that take definitions back, and settings that later definitions ask.

What comes in: a schema and a NoEffect. What goes out: the schema after. In MySQL a definition ends the transaction: nothing is ever taken back.
Sources: "BEGIN TRANSACTION", "SAVEPOINT", "PRAGMA legacy_alter_table" of SQLite; BEGIN and SAVEPOINT of PostgreSQL. This module does not know who
began a transaction around a whole migration.
"""

from msgspec.structs import replace

from analyzer.catalog.schema import Schema
from analyzer.facts.change.statements import NoEffect

_BEGINS = frozenset({"BEGIN", "START"})
_ENDS = frozenset({"COMMIT", "END"})
_ON, _OFF = frozenset({"on", "1", "true", "yes"}), frozenset({"off", "0", "false", "no"})


def apply(schema: Schema, change: NoEffect) -> Schema:
    """The schema after a statement of control; others leave it as it is."""
    if change.setting is not None:
        name, value = change.setting
        value = "on" if value in _ON else "off" if value in _OFF else value
        return replace(schema, settings={**schema.settings, name: value})
    verb = change.keyword.partition(" ")[0]
    if schema.dialect == "mysql":
        return schema
    if verb in _BEGINS:
        return schema if schema.saved else replace(schema, saved=(("", schema),))
    if verb == "SAVEPOINT":
        return replace(schema, saved=(*schema.saved, (change.savepoint, schema)))
    if verb in _ENDS or (verb == "ROLLBACK" and not change.savepoint):
        before = schema.saved[0][1] if schema.saved and verb == "ROLLBACK" else schema
        return replace(before, saved=(), settings=schema.settings)
    return _to_savepoint(schema, change.savepoint, verb) if verb in ("ROLLBACK", "RELEASE") else schema


def _to_savepoint(schema: Schema, name: str, verb: str) -> Schema:
    """ROLLBACK TO keeps the savepoint, RELEASE forgets it and those within."""
    at = next((at for at in reversed(range(len(schema.saved))) if schema.saved[at][0] == name), None)
    if at is None:
        return schema
    if verb == "RELEASE":
        return replace(schema, saved=schema.saved[:at])
    return replace(schema.saved[at][1], saved=schema.saved[: at + 1], settings=schema.settings)
