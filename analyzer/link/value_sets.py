"""Where a closed set of values of the host language meets a column of the database.

What comes in: linked queries. What goes out: one ValueSet for each meeting: a field of such a type that reads the column, a value of such a type, or one of
its members, that is written to it or compared with it. A set whose members' texts somebody else makes (a codec, another conversion than
the one that was read) meets nothing. This module does not judge.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence

from analyzer.facts.enumeration import Enumeration, Member
from analyzer.facts.file import FileFacts
from analyzer.facts.model import HostType
from analyzer.facts.origin import NameOrigin, ParameterOrigin, UnknownOrigin
from analyzer.facts.query import Argument
from analyzer.facts.source import Span
from analyzer.link.handed import handed_values, listing
from analyzer.link.linked import LinkedQuery, Meeting, ValueSet
from analyzer.program.entities.table import Table
from analyzer.program.program import Program
from analyzer.schema.history import History
from analyzer.sql.resolution import SqlParameter

# Properties and methods that give a member's own text or number, by language; those of Rust are methods of the type.
_SHOWS = {
    "rust": frozenset({"as_str", "as_ref", "to_string", "into", "clone", "to_owned", "as_db_str", "to_str", "value"}),
    "python": frozenset({"value"}),
}
_FREE = frozenset({"clone", "to_owned", "into"})
_QUOTES = "'\"`"


def value_sets(
    queries: Iterable[LinkedQuery],
    models: Iterable[LinkedQuery],
    program: Program,
    histories: Sequence[History] = (),
) -> tuple[ValueSet, ...]:
    """Every meeting, in the order of the queries, then of the models."""
    known = {query.query.span: query for query in models if query.schema}
    return (
        *(one for query in queries if query.schema for one in (*_read(query, program), *_bound(query, program))),
        *(one for query in queries if query.schema for one in handed_values(query, program, histories)),
        *(one for table in program.entities.tables for one in _mapped(table, known, histories)),
    )


def _mapped(table: Table, models: Mapping[Span, LinkedQuery], histories: Sequence[History]) -> Iterator[ValueSet]:
    """Attributes whose values an entity lists, in the schema that lists them as well where several have the table."""
    model = models.get(table.entity.span)
    for one in table.attributes.values() if model is not None else ():
        attribute = one.attribute
        if model is not None and attribute.members and attribute.certain:
            members = tuple(Member(attribute.span, value) for value in attribute.members)
            found = Enumeration(attribute.span, attribute.name, table.entity.language, members)
            schema = next(listing(table.physical, one.column, model, histories), model.schema)
            yield ValueSet(schema, f"{table.physical}.{one.column}", found, model, "read", attribute.span)


def _read(query: LinkedQuery, program: Program) -> Iterator[ValueSet]:
    """Fields that rows are read into; Rust decodes a column into what implements sqlx's `Type`, and nothing else."""
    for pair in query.rows:
        if not pair.column.source or pair.field.opaque:
            continue
        home = program.files.get(pair.field.span.path, query.file)
        found = _of_type(pair.field.type, pair.field.span, home, program)
        if found is not None and (found.language != "rust" or (found.is_stored or not found.framework)):
            yield ValueSet(query.schema, pair.column.source, found, query, "read", pair.site)


def _bound(query: LinkedQuery, program: Program) -> Iterator[ValueSet]:
    arguments = query.query.arguments
    values = arguments.values if arguments is not None else ()
    whole = arguments is not None and arguments.complete
    by_name = {parameter.name: parameter for parameter in query.parameters if parameter.name}
    by_position = {parameter.position: parameter for parameter in query.parameters}
    for position, value in enumerate(values, 1):
        parameter = by_name.get(value.name) if value.name else by_position.get(position) if whole else None
        if parameter is None or not parameter.column:
            continue
        found = _of_value(value, query, program)
        if found is not None:
            role = _role(parameter, query)
            yield ValueSet(query.schema, parameter.column, found[0], query, role, value.span, found[1])


def _of_value(value: Argument, query: LinkedQuery, program: Program) -> tuple[Enumeration, Member | None] | None:
    """The set that a bound value is of, with the member where it is a certain one."""
    if isinstance(value.origin, NameOrigin | UnknownOrigin) and (named := _member(value, query.file, program)):
        return named
    type_, path = value.type, value.path
    origin = value.origin
    if not type_.name and isinstance(origin, ParameterOrigin) and _is_whole(value, origin.name):
        function = program.functions.get(query.query.function) if query.query.function is not None else None
        if function is not None and origin.index < len(function.parameters):
            parameter = function.parameters[origin.index]
            type_, path = parameter.host, () if parameter.name == origin.name else (origin.name,)
    shown = _shown(path, query.file.language)
    reached = _reached(type_, path[: len(path) - len(shown)], query.file, program)
    found = _of_type(reached[0], value.span, reached[1], program) if reached is not None else None
    return None if found is None or not _is_shown(found, shown) else (found, None)


def _reached(
    type_: HostType, path: tuple[str, ...], file: FileFacts, program: Program
) -> tuple[HostType, FileFacts] | None:
    """The type behind a path of fields, and the file that names it."""
    for step in path:
        model = program.model(type_.name, file) if type_.name and not type_.arguments else None
        field = next((field for field in model.fields if field.name == step), None) if model is not None else None
        if model is None or field is None:
            return None
        type_, file = field.type, program.files[model.span.path]
    return type_, file


def _is_whole(value: Argument, name: str) -> bool:
    """Whether the bound expression is just this name."""
    return value.span.end - value.span.start == len(name.encode())


def _shown(path: tuple[str, ...], language: str) -> tuple[str, ...]:
    """The end of a path that turns a member into its text."""
    at = len(path)
    while at and path[at - 1] in _SHOWS.get(language, ()):
        at -= 1
    return path[at:]


def _is_shown(found: Enumeration, shown: tuple[str, ...]) -> bool:
    """Whether what is bound are the values that were read: of an enum that drivers do not know, only what it shows itself as."""
    converted = [step for step in shown if step not in _FREE]
    if found.language == "rust":
        return found.is_stored if not converted else found.framework in ("", "strum")
    return True


def _member(value: Argument, file: FileFacts, program: Program) -> tuple[Enumeration, Member] | None:
    """`Status::Draft.as_str()`, `Status.Draft`, `Status.DRAFT.value`."""
    origin = value.origin
    text = origin.name if isinstance(origin, NameOrigin) else origin.text if isinstance(origin, UnknownOrigin) else ""
    words = text.replace("::", ".").replace("()", "").split(".")
    if len(words) < 2 or not all(word.isidentifier() for word in words):
        return None
    for at in range(1, len(words)):
        found = program.enumeration(".".join(words[:at]), file)
        member = next((one for one in found.members if one.name == words[at]), None) if found is not None else None
        rest = tuple(words[at + 1 :])
        if found is not None and member is not None and rest == _shown(rest, file.language):
            return found, member
    return None


def _of_type(type_: HostType, span: Span, home: FileFacts, program: Program) -> Enumeration | None:
    """The closed set that a type is."""
    if not type_.name:
        return None
    if type_.arguments:
        return _inline(type_, span, home)
    found = program.enumeration(type_.name, home)
    return found if found is not None and found.complete else None


def _inline(type_: HostType, span: Span, file: FileFacts) -> Enumeration | None:
    """A union of literals that has no name."""
    texts = type_.arguments if type_.name in ("Literal", "string", "number") else ()
    values = [text[1:-1] if text[:1] in _QUOTES else text for text in texts if text != "None"]
    if not values or any(
        "\\" in text or not (text[:1] in _QUOTES or text.lstrip("-").isdecimal()) for text in texts if text != "None"
    ):
        return None
    return Enumeration(span, "", file.language, tuple(Member(span, value) for value in values))


def _role(parameter: SqlParameter, query: LinkedQuery) -> Meeting:
    """Whether a parameter is written to its column, or compared with it."""
    column = parameter.column.rpartition(".")[2]
    written = any(
        value.position == parameter.position and to.name.lower() == column.lower()
        for statement in query.resolution.statements
        for write in statement.writes
        for row in write.rows
        for to, value in zip(write.columns, row, strict=False)
    )
    return "write" if written else "filter"
