"""What the drivers of a query make of its rows, its bound values and the constants in its text.

What comes in: a linked query and the graph. What goes out: verdicts. A type of the project's own that has the name of a listed one is unknown.
What PostgreSQL reads a quoted constant as: its documentation, 4.1.2.7 and chapter 8. This module does not know what to say of a verdict.
"""

import re
from collections.abc import Iterator, Mapping

from msgspec import Struct
from msgspec.structs import replace

from analyzer.catalog.schema import Schema
from analyzer.catalog.table import Column
from analyzer.catalog.types import ColumnType
from analyzer.facts.model import HostType
from analyzer.facts.source import Span
from analyzer.link.compatibility import Verdict, decoded, decoded_unasked, encoded, written_type
from analyzer.link.drivers.tables import Driver, tables_of
from analyzer.link.graph import ReferenceGraph
from analyzer.link.linked import LinkedQuery, RowPair
from analyzer.program.program import Program
from analyzer.sql.embed import embed
from analyzer.sql.resolution import SqlValue

_OWN = re.compile(r"(crate|self|super)\b|\.")
_READS: Mapping[str, re.Pattern[str]] = {
    "int": re.compile(r"\s*[+-]?(\d[\d_]*|0[xob][\da-f_]+)\s*", re.IGNORECASE),
    "bool": re.compile(r"\s*(t|tr|tru|true|f|fa|fal|fals|false|y|ye|yes|n|no|on|of|off|1|0)\s*", re.IGNORECASE),
    "uuid": re.compile(r"\{?([\da-f]{4}-?){8}\}?", re.IGNORECASE),
    "float": re.compile(r"\s*[+-]?(\d[\d_]*\.?\d*|\.\d+|inf\w*|nan)(e[+-]?\d+)?\s*", re.IGNORECASE),
}
_COMPARISONS = frozenset({"=", "<>", "!=", "<", ">", "<=", ">=", "IN"})


class Bound(Struct, frozen=True):
    """A bound value, or a constant of the text, beside the column it is written to or compared with, `source` as "table.column"."""

    span: Span
    source: str
    column: Column
    type: ColumnType
    host: HostType = HostType("")
    text: str = ""


def row_verdict(pair: RowPair, query: LinkedQuery, graph: ReferenceGraph) -> Verdict:
    """Whether a field can hold its column."""
    schema = graph.schema(query.schema)
    if schema is None or pair.field.opaque or not pair.field.type.name:
        return "unknown"
    column, tables = sent(pair.column.type, schema), _tables(query, graph.program)
    path = pair.field.span.path
    if not pair.column.override_type:
        host = _foreign(pair.field.type, path, graph.program)
        return decoded(host, column, tables, converted=query.query.checked)
    named = pair.column.override_type != "_"
    host = written_type(pair.column.override_type) if named else pair.field.type
    return decoded_unasked(_foreign(host, query.file.path if named else path, graph.program), column, tables)


def refused_values(query: LinkedQuery, graph: ReferenceGraph) -> Iterator[Bound]:
    """Bound values whose type does not go with their column."""
    schema = graph.schema(query.schema)
    given = query.query.arguments
    # Behind a spread nobody knows which value is whose.
    values = given.values if given is not None and (given.complete or query.file.language == "rust") else ()
    by_position = {parameter.position: parameter for parameter in query.parameters}
    by_name = {parameter.name: parameter for parameter in query.parameters if parameter.name is not None}
    tables, written = _tables(query, graph.program), _written(query)
    for position, (value, host) in enumerate(zip(values, query.bound, strict=False), 1):
        parameter = by_position.get(position) if value.name is None else by_name.get(value.name)
        column = graph.column(query.schema, parameter.column) if parameter is not None else None
        if parameter is None or column is None or schema is None or not host.name:
            continue
        type_ = sent(parameter.type if parameter.type.family != "unknown" else column.type, schema)
        plain = _foreign(host, value.span.path, graph.program)
        found = encoded(plain, type_, tables, written=parameter.column in written, checked=query.query.checked)
        if found == "incompatible":
            yield Bound(value.span, parameter.column, column, type_, host)


def optional_values(query: LinkedQuery, graph: ReferenceGraph) -> Iterator[Bound]:
    """Bound values that may be nothing, written to a column that takes no NULL and that nothing else fills."""
    values = query.query.arguments.values if query.query.arguments is not None else ()
    optional = {position for position, host in enumerate(query.bound, 1) if host.optional and host.name}
    for write in (write for statement in query.resolution.statements for write in statement.writes):
        pairs = (pair for row in write.rows for pair in zip(write.columns, row, strict=False)) if optional else ()
        for written, value in pairs:
            source = f"{write.table}.{written.name}"
            column = graph.column(query.schema, source) if value.position in optional else None
            if column is None or column.nullable or not column.certain or column.generated or write.ignores:
                continue
            if value.kind == "parameter" and query.dialect != "mysql" and not graph.is_key(query.schema, source):
                host = query.bound[value.position - 1]
                yield Bound(values[value.position - 1].span, source, column, column.type, host)


def refused_constants(query: LinkedQuery, graph: ReferenceGraph) -> Iterator[Bound]:
    """Quoted constants that PostgreSQL cannot read as the column's type."""
    schema = graph.schema(query.schema)
    if schema is None or query.dialect != "postgres":
        return
    text = embed(query.query.text)
    for source, value in _constants(query):
        column = graph.column(query.schema, source)
        type_ = sent(column.type, schema) if column is not None else None
        reads = _READS.get("float" if type_.family == "decimal" else type_.family) if type_ is not None else None
        if column is None or type_ is None or reads is None or type_.name in ("oid", "money"):
            continue
        if not reads.fullmatch(value.text):
            yield Bound(text.span(value.start, value.end), source, column, type_, text=value.text)


def sent(type_: ColumnType, schema: Schema) -> ColumnType:
    """The type as the server announces it: a domain as what it is made over."""
    resolved = schema.column_type(type_)
    domain = schema.type(resolved.name)
    return replace(domain.base, raw=type_.raw) if domain is not None and domain.base is not None else resolved


def _constants(query: LinkedQuery) -> Iterator[tuple[str, SqlValue]]:
    for statement in query.resolution.statements:
        for write in statement.writes:
            for row in write.rows:
                for column, value in zip(write.columns, row, strict=False):
                    if value.kind == "constant" and value.quoted:
                        yield f"{write.table}.{column.name}", value
        for compared in statement.compared:
            if compared.value.kind == "constant" and compared.value.quoted and compared.operator in _COMPARISONS:
                yield compared.column, compared.value


def _written(query: LinkedQuery) -> frozenset[str]:
    """Columns the query writes, as "table.column"."""
    references = query.resolution.references
    return frozenset(f"{each.table}.{each.column}" for each in references if each.column and each.role == "write")


def _tables(query: LinkedQuery, program: Program) -> tuple[Driver, ...]:
    """The tables of the drivers a query may run on; none where the project gives a driver types of its own."""
    modules = frozenset(entry.module.partition(".")[0] for entry in query.file.imports)
    found = tables_of(query.query.framework, query.dialect, modules)
    return () if any(program.called.intersection(driver.replaced_by) for driver in found) else found


def _foreign(host: HostType, path: str, program: Program) -> HostType:
    """The type, nameless where the project has one of that name itself."""
    file = program.files.get(path)
    if file is None:
        return host
    imported = any(entry.alias == host.name and _OWN.match(entry.module) for entry in file.imports)
    named = any(found.name == host.name for found in file.enumerations)
    own = imported or named or program.model(host.name, file) is not None
    return HostType("", host.optional) if own else host
