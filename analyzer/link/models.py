"""What the code's models name, as statements of their own: every column of every entity is asked for once.

What comes in: a Program. What goes out: a query for each entity that stands for a table, which a model's links are found with. What it mentions is
defined by the model, not read. This module does not judge.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence

from msgspec.structs import replace

from analyzer.facts.file import FileFacts
from analyzer.facts.part import Part
from analyzer.facts.part.written import IdentifierPart, LiteralPart
from analyzer.facts.query import Query
from analyzer.facts.source import Span
from analyzer.facts.text import Text
from analyzer.link.linked import LinkedQuery
from analyzer.program.entities.table import Table
from analyzer.program.program import Program
from analyzer.schema.history import History


def model_sites(program: Program) -> Iterator[tuple[FileFacts, Query]]:
    """Entities whose table is known by name, in the order of files and places."""
    for table in program.entities.tables:
        file = program.files[table.entity.span.path]
        kept = file.role not in ("vendored", "test") and (file.role != "generated" or table.entity.shape_only)
        if table.physical and kept and file.path not in program.entities.idle:
            dialect = table.dialect or ""
            yield (
                file,
                Query(table.entity.span, _selected(table), table.entity.framework, dialect_hint=dialect, built=True),
            )


def defining(query: LinkedQuery) -> LinkedQuery:
    """A model's own question, as what it is."""
    links = tuple(replace(one, reference=replace(one.reference, role="define")) for one in query.links)
    return replace(query, links=links, symbol="")


def without_strangers(models: Sequence[LinkedQuery], program: Program) -> Iterator[LinkedQuery]:
    """Models of a library and project of which no schema has half the tables are of a database whose schema is not here."""
    held = {table.entity.span: table.entity.registry for table in program.entities.tables}
    found: dict[tuple[str, str, str], list[bool]] = {}
    for model in models:
        found.setdefault(_group(model, held), []).append(not _lacks_table(model))
    for model in models:
        known = found[_group(model, held)]
        if 2 * sum(known) >= len(known) or not _lacks_table(model):
            yield model
        else:
            yield replace(model, links=model.unaccused("other-database"), status="unresolved", reason="other-database")


def without_strange_tables(queries: Iterable[LinkedQuery], models: Iterable[LinkedQuery]) -> Iterator[LinkedQuery]:
    """Built queries of such models' tables are of that database as well."""
    strange = {table for model in models if model.reason == "other-database" for table in model.tables}
    for query in queries:
        missing = {
            one.reference.table for one in query.links if one.status == "unresolved" and not one.reference.column
        }
        if query.query.built and missing & strange:
            links = query.unaccused("other-database")
            yield replace(query, links=links, writes=(), compared=(), status="unresolved", reason="other-database")
        else:
            yield query


def _group(model: LinkedQuery, held: Mapping[Span, str]) -> tuple[str, str, str]:
    return model.file.project.path, model.query.framework, held.get(model.query.span, "")


def _lacks_table(model: LinkedQuery) -> bool:
    return any(link.status == "unresolved" and link.reference.column is None for link in model.links)


def twins(name: str, histories: Sequence[History]) -> Iterator[History]:
    """Trees of migrations that make the tables of this schema for other engines: code that reads one reads them all."""
    chosen = next((one for one in histories if one.schema.name == name), None)
    if chosen is None:
        return
    tables = {table for _, table in chosen.schema.tables}
    for one in histories:
        alike = one.dialect != chosen.dialect and one.project == chosen.project and not one.apart
        shared = tables & {table for _, table in one.schema.tables}
        if alike and one.accuses and 2 * len(shared) > len(tables):
            yield one


def _selected(table: Table) -> Text:
    span, parts = table.entity.span, list[Part]()
    parts.append(LiteralPart("SELECT ", span, ()))
    for one in table.attributes.values():
        if one.attribute.certain:
            # A qualified name is what an engine takes for nothing but a column.
            parts += [IdentifierPart(one.attribute.span, (*table.words, one.column)), LiteralPart(", ", span, ())]
    parts += [LiteralPart("1 FROM ", span, ()), IdentifierPart(span, table.words)]
    return Text(span, tuple(parts))
