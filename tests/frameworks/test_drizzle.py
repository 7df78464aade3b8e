"""Tables that are read from Drizzle's declarations are those that drizzle-kit makes of them: its migrations are recorded in the corpora."""

import pytest

from analyzer.schema.compare import compare
from tests.corpus import CORPORA, analyze_corpus

# Views that a query builder makes, and columns whose type a function computes: nobody reads that.
_OF_BUILDERS = {"cheapest"}
_COMPUTED = {"vat"}
_RECORDED = ("drizzle-postgres", "drizzle-sqlite", "drizzle-mysql")


@pytest.mark.parametrize("name", _RECORDED)
def test_declared_tables_are_those_of_the_recorded_migrations(name: str) -> None:
    report = analyze_corpus(CORPORA / name)
    (history,) = report.graph.histories
    (rival,) = (one for one in report.graph.rivals if one.source.kind == "models")
    made = {name for name in history.schema.tables if name[1] not in _OF_BUILDERS}
    assert rival.schema.tables.keys() == made
    assert compare(history.schema, rival.schema) == ()


@pytest.mark.parametrize("name", _RECORDED)
def test_everything_of_the_declarations_is_known(name: str) -> None:
    report = analyze_corpus(CORPORA / name)
    (rival,) = (one for one in report.graph.rivals if one.source.kind == "models")
    tables = [table for table in rival.schema.tables.values() if table.kind == "table"]
    assert tables
    assert all(table.closed and table.certain for table in tables)
    unknown = {column.name for table in tables for column in table.columns if not column.certain or not column.type.raw}
    assert unknown <= _COMPUTED
