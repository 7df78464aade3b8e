"""One statement after another, ours beside an engine's.

What comes in: a schema and a statement. What goes out: the schema after and what we say cannot succeed: a statement whose parts partly fail leaves
the schema as it was, as it does in the engines. This module does not know engines.
"""

from analyzer.catalog.schema import Schema
from analyzer.facts.change import SchemaChange
from analyzer.facts.change.statements import Opaque
from analyzer.facts.migration import Migration
from analyzer.facts.part.written import LiteralPart
from analyzer.facts.source import Dialect, Span
from analyzer.facts.text import Text
from analyzer.schema.fold.replay import apply, replay
from analyzer.schema.history import Failure
from analyzer.sql.ddl.read import read_changes


def text_of(sql: str) -> Text:
    span = Span("1_shop.sql", 0, len(sql.encode()))
    return Text(span, (LiteralPart(sql, span, ((0, 0),)),))


def changes_of(sql: str, dialect: Dialect) -> tuple[SchemaChange, ...]:
    return read_changes(text_of(sql), dialect)


def step(schema: Schema, sql: str) -> tuple[Schema, tuple[Failure, ...]]:
    """A statement of which nothing is read is a failure of the reader: nothing here is foreign."""
    after, failures = schema, list[Failure]()
    for change in changes_of(sql, schema.dialect):
        assert not isinstance(change, Opaque), change
        after, failure = apply(after, change)
        failures += [failure] if failure is not None else []
    return (schema if failures else after), tuple(failures)


def replayed_script(sql: str, dialect: Dialect) -> Schema:
    """The same as a migration."""
    migration = Migration(Span("1_shop.sql", 0, len(sql)), "1_shop", "plain", (1,), (text_of(sql),))
    return replay([migration], dialect, "main").schema
