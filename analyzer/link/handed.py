"""Strings that callers hand to a function which writes them as a row.

What comes in: linked queries, the program's calls, the schemas. What goes out: a ValueSet for each string: one value that is sure to be written where the call
runs. A function that other objects may stand in for is called by nobody here. This module does not judge.
"""

import re
from collections.abc import Iterator, Sequence

from analyzer.catalog.schema import Schema
from analyzer.facts.call import Call, HandedValue
from analyzer.facts.enumeration import Enumeration, Member
from analyzer.facts.query import TakenRow
from analyzer.link.linked import LinkedQuery, ValueSet
from analyzer.program.program import Program
from analyzer.schema.history import History
from analyzer.schema.sources import is_inside

_SEVERAL_WORDS = re.compile(r"[a-z0-9][A-Z]|[^_]_[^_]")


def handed_values(query: LinkedQuery, program: Program, histories: Sequence[History]) -> Iterator[ValueSet]:
    """What callers hand to the function around a query, in the schema that says which values the column takes."""
    function = program.functions.get(query.query.function) if query.query.function is not None else None
    if function is None or query.query.guarded or not query.query.certain:
        return
    for row in query.query.taken:
        columns = dict(row.columns)
        for call in program.callers.of(function) if columns else ():
            if not _is_own(call, program):
                continue
            for value in _values(call, row):
                if value.key in columns and (schema := _schema(row.table, columns[value.key], query, histories)):
                    yield _set(f"{row.table}.{columns[value.key]}", value, query, schema)


def _is_own(call: Call, program: Program) -> bool:
    """Whether it is the program's own function: a method of one word may be any library's, and what a package exports is its own."""
    home, _, name = call.callee.replace("?.", ".").rpartition(".")
    if not home or home == "this":
        return True
    file = program.files[call.span.path]
    modules = [program.callees.module(file, one) for one in file.imports if one.alias == home.partition(".")[0]]
    return None not in modules and bool(_SEVERAL_WORDS.search(name) or (modules and "." not in home))


def _values(call: Call, row: TakenRow) -> Iterator[HandedValue]:
    for handed in call.rows if not call.keywords else ():
        if handed.position == row.index:
            yield from handed.values


def _schema(table: str, column: str, query: LinkedQuery, histories: Sequence[History]) -> str:
    return next(listing(table, column, query, histories), "")


def _set(column: str, value: HandedValue, query: LinkedQuery, schema: str) -> ValueSet:
    member = Member(value.span, value.value)
    found = Enumeration(value.span, "", query.file.language, (member,))
    return ValueSet(schema, column, found, query, "write", query.query.span, member)


def listing(table: str, column: str, query: LinkedQuery, histories: Sequence[History]) -> Iterator[str]:
    """Schemas that say which values a column takes: the query's own, then those of its project."""
    own = [one for one in histories if one.schema.name == query.schema]
    near = [one for one in histories if one.dialect == query.dialect and is_inside(query.file.path, one.project)]
    for one in (*own, *(other for other in near if other.schema.name != query.schema)):
        if _lists(one.schema, table, column):
            yield one.schema.name


def _lists(schema: Schema, table: str, column: str) -> bool:
    found = schema.table(table)
    inner = found.column(column) if found is not None else None
    return found is not None and inner is not None and bool(schema.allowed_values(found, inner))
