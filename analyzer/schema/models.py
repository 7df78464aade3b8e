"""Tables as the code's own models declare them, as schemas of their own.

What comes in: a Program. What goes out: Candidates whose one migration a file creates what its entities declare. They are the schema where nothing
else makes it, and are held against it where something does. This module does not know any library.
"""

import re
from collections.abc import Iterator, Sequence

from analyzer.facts.entity import Entity
from analyzer.facts.file import FileFacts
from analyzer.facts.migration import Migration
from analyzer.facts.origin import NameOrigin
from analyzer.facts.part import Part
from analyzer.facts.part.written import HolePart, IdentifierPart, LiteralPart, NamePart
from analyzer.facts.source import DIALECTS, Dialect, Span
from analyzer.facts.text import Text
from analyzer.program.entities.table import Mapped, Table
from analyzer.program.program import Program
from analyzer.schema.bases import Replayed
from analyzer.schema.evidence import driver_dialects
from analyzer.schema.sources import Candidate, candidate_of, is_inside

# Modules whose functions run migrations: `drizzle-orm/node-postgres/migrator`.
_MIGRATOR = re.compile(r"(?:^|[/.:])migrator$|^alembic\b")
# SQLAlchemy's call that makes all tables of the models that a program knows.
_MAKER = "create_all"
_PRIMARY_KEY = " PRIMARY KEY"
# Files whose models are not the program's.
_OTHER = frozenset({"test", "seed"})


def model_candidates(program: Program, live: Sequence[Replayed]) -> Iterator[Candidate]:
    """One for each project, library and dialect; what tests declare is no model of the program, but where nothing else is."""
    groups: dict[tuple[str, str, Dialect | None, bool], list[tuple[FileFacts, Entity]]] = {}
    for _, file in sorted(program.files.items()):
        for entity in file.entities if file.path not in program.entities.pulled | program.entities.idle else ():
            if file.role not in ("vendored", "generated", "migration") or entity.shape_only:
                table = program.entities.whole(entity)
                dialect = table.dialect if table is not None else entity.dialect
                key = (file.project.path, entity.framework, dialect, file.role in _OTHER)
                groups.setdefault(key, []).append((file, entity))
    files = tuple(program.files.values())
    for (path, framework, dialect, is_other), group in sorted(groups.items(), key=lambda entry: str(entry[0])):
        if is_other and (path, framework, dialect, False) in groups:
            continue
        near = [
            one
            for one in live
            if is_inside(one.candidate.project.path, path) or is_inside(path, one.candidate.project.path)
        ]
        for at, part in enumerate(_apart(group, program) if near else [_widest(group, program)]):
            migrations = tuple(_migrations(part, framework, program))
            made = {one.span.path for one in migrations}
            homes = list({file.path: file for file, _ in part if file.path in made}.values())
            if not homes:
                continue
            where = homes[0].path if len(homes) == 1 or at else path or "."
            for spoken in (dialect,) if dialect is not None else _spoken(homes[0], live):
                yield candidate_of("models", where, migrations, homes, files, spoken)


_Group = Sequence[tuple[FileFacts, Entity]]


def _apart(group: _Group, program: Program) -> list[_Group]:
    """Parts in which no table is declared twice: each is held against the schema by itself."""
    parts: list[tuple[list[tuple[FileFacts, Entity]], set[tuple[str, ...]]]] = []
    for file, entity in group:
        words = _words(entity, program)
        known = next((part for part in parts if words not in part[1]), None)
        if known is None:
            known = ([], set())
            parts.append(known)
        known[0].append((file, entity))
        if words:
            known[1].add(words)
    return [part for part, _ in parts]


def _widest(group: _Group, program: Program) -> _Group:
    """Of several models of one table the one that shows most."""
    best: dict[tuple[str, ...], Entity] = {}
    for _, entity in group:
        words = _words(entity, program)
        table = program.entities.whole(entity)
        known = program.entities.whole(best[words]) if words in best else None
        if known is None or (table is not None and len(table.attributes) > len(known.attributes)):
            best[words] = entity
    return [(file, entity) for file, entity in group if not (words := _words(entity, program)) or best[words] is entity]


def _words(entity: Entity, program: Program) -> tuple[str, ...]:
    """The physical name of the table that it declares, () where it is none, shares another's or has none that is known."""
    table = program.entities.whole(entity) if entity.is_table else None
    return table.words if table is not None and table.physical and table.shares is None else ()


def _spoken(file: FileFacts, live: Sequence[Replayed]) -> tuple[Dialect | None, ...]:
    """The dialects of what makes the schema near by, else those of the project's drivers; None where nothing says."""
    near = {
        one.candidate.dialect
        for one in live
        if is_inside(file.path, one.candidate.project.path) or is_inside(one.candidate.project.path, file.project.path)
    }
    found = near or driver_dialects(file.project)
    return tuple(dialect for dialect in DIALECTS if dialect in found) or (None,)


def pushes(candidate: Candidate, program: Program) -> bool:
    """Whether a script of the project makes the database like the models, without migrations."""
    return any(setting.kind == "push" for file in _near(candidate, program) for setting in file.settings)


def _near(candidate: Candidate, program: Program) -> list[FileFacts]:
    return [file for file in program.files.values() if is_inside(file.path, candidate.project.path)]


def is_pushed(candidate: Candidate, program: Program) -> bool:
    """Whether a tool or the program makes the tables of just these models, and nothing runs migrations."""
    near = _near(candidate, program)
    told = {setting.kind for file in near for setting in file.settings}
    migrates = "migrate" in told or any(_MIGRATOR.search(one.module) for file in near for one in file.imports)
    makes = any(call.callee.rpartition(".")[2] == _MAKER for file in near if file.role == "code" for call in file.calls)
    paths = {file.path for file in near}
    # A base of a library may bring tables of its own.
    whole = all(table.closed for table in program.entities.tables if table.entity.span.path in paths)
    return whole and ("push" in told or makes) and not migrates and not any(file.revisions for file in near)


def _migrations(group: Sequence[tuple[FileFacts, Entity]], framework: str, program: Program) -> Iterator[Migration]:
    by_path: dict[str, list[Entity]] = {}
    for file, entity in group:
        by_path.setdefault(file.path, []).append(entity)
    for path, entities in by_path.items():
        texts = [text for entity in entities for text in _texts(entity, program)]
        if texts:
            yield Migration(Span(path, 0, 0), path, framework, (path,), tuple(texts))


def _texts(entity: Entity, program: Program) -> Iterator[Text]:
    table = program.entities.whole(entity)
    if table is None:
        return
    if entity.is_table and table.shares is None:
        yield create_table(table, program.entities.adding.get(entity.span, ()))
    own = {text.parts for text in table.statements}
    base = next((one for one in program.entities.tables if one.entity.span == table.shares), None)
    inherited = {text.parts for text in base.statements} if base is not None else set()
    yield from (
        text for text in table.statements if text.parts in own - inherited and text.parts and not text.is_unknown
    )


def is_torn(text: Text) -> bool:
    """Whether a part of it is not known."""
    return any(isinstance(part, HolePart | NamePart) for part in text.parts)


def create_table(table: Table, adding: Sequence[Table] = ()) -> Text:
    """CREATE TABLE as the library would send it, every word where the source has it; `adding` are entities that share the table."""
    entity, parts = table.entity, list[Part]()
    parts.append(LiteralPart("CREATE TABLE ", entity.span, ()))
    if table.physical:
        parts.append(IdentifierPart(entity.span, table.words))
    else:
        parts += [
            LiteralPart(part.value, entity.span, ()) if isinstance(part, LiteralPart) else part
            for part in table.name.parts
        ]
    parts.append(LiteralPart(" (", entity.span, ()))
    elements: list[list[Part]] = []
    columns = _columns((table, *adding))
    keys = [one.column for one in columns if _is_key(one)]
    clauses = list(dict.fromkeys(clause for one in (table, *adding) for clause in one.clauses))
    # One column says so itself, several do together.
    together = len(keys) > 1 or any(clause.skeleton.startswith(_PRIMARY_KEY.strip()) for clause in clauses)
    for one in columns:
        attribute = one.attribute
        name: Part = IdentifierPart(attribute.span, (one.column,))
        definition = [part for part in attribute.definition.parts if not (together and _is_key_part(part))]
        if attribute.certain:
            elements.append([name, LiteralPart(" ", attribute.span, ()), *definition])
    if len(keys) > 1 and not any(clause.skeleton.startswith(_PRIMARY_KEY.strip()) for clause in clauses):
        elements.append(_keyed(keys, entity.span))
    # A key of which a part is not known would take the columns with it.
    elements += [list(clause.parts) for clause in clauses if not is_torn(clause)]
    if not all(one.closed for one in (table, *adding)) or not all(one.attribute.certain for one in columns):
        elements.append([HolePart(entity.span, NameOrigin(entity.name))])
    for at, element in enumerate(elements):
        parts += [LiteralPart(", ", entity.span, ())] if at else []
        parts += element
    parts.append(LiteralPart(")", entity.span, ()))
    return Text(entity.span, tuple(parts))


def _columns(tables: Sequence[Table]) -> list[Mapped]:
    """The columns of a table, each once: those of its own entity first."""
    found: dict[str, Mapped] = {}
    for table in tables:
        for one in table.attributes.values():
            found.setdefault(one.column, one)
    return list(found.values())


def _is_key_part(part: Part) -> bool:
    return isinstance(part, LiteralPart) and part.value == _PRIMARY_KEY


def _is_key(one: Mapped) -> bool:
    return any(_is_key_part(part) for part in one.attribute.definition.parts)


def _keyed(columns: Sequence[str], span: Span) -> list[Part]:
    parts: list[Part] = [LiteralPart(f"{_PRIMARY_KEY.strip()} (", span, ())]
    for at, column in enumerate(columns):
        parts += [LiteralPart(", ", span, ())] if at else []
        parts.append(IdentifierPart(span, (column,)))
    return [*parts, LiteralPart(")", span, ())]
