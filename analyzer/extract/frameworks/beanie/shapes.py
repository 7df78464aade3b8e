"""Fields and indexes of Beanie's documents, and of the pydantic classes that they embed.

What comes in: values of one file. What goes out: DocumentShapes. Source: https://beanie-odm.dev (indexes, relations), pydantic's documentation of fields and
aliases, Beanie's encoder (`odm/utils/encoder.py`). This module does not know models.
"""

import re
from collections.abc import Iterator

from analyzer.extract.frameworks.beanie.classes import DOCUMENTS, foreign, is_document, last_names, setting
from analyzer.extract.objects.declared import DeclaredValues, called, dotted, is_literal, text
from analyzer.extract.python.index_models import direction, index, is_ascending
from analyzer.extract.python.stored import stored
from analyzer.facts.document import DocumentField, DocumentIndex, DocumentShape
from analyzer.facts.source import Source, Span
from analyzer.facts.value import CallValue, Class, UnknownValue, Value

_EXTRA = frozenset({"allow", "Extra.allow"})


class Shapes:
    """The shapes of one file."""

    def __init__(self, read: DeclaredValues, source: Source) -> None:
        self.read = read
        self.source = source

    def shape(self, one: Class) -> DocumentShape:
        bases = self.read.bases(one)
        document = is_document(one, self.read)
        found = [self._field(one, name, type_, document) for name, type_ in one.attributes]
        fields = [field for field in found if field is not None]
        if DOCUMENTS & last_names(bases):
            fields = [*self._given(one, {field.name for field in fields}), *fields]
        return DocumentShape(
            one.span,
            one.name,
            "beanie",
            tuple(fields),
            foreign(bases),
            tuple(name for name, type_ in one.attributes if stored(type_).back),
            tuple(self._indexes(one)) if document else (),
            closed=not self._takes_more(one),
        )

    def _given(self, one: Class, known: set[str]) -> Iterator[DocumentField]:
        """What every document has."""
        if "_id" not in known:
            yield DocumentField(one.span, "_id", ("objectId",), filled=True, alias="id")
        if "DocumentWithSoftDelete" in last_names(self.read.bases(one)):
            yield DocumentField(one.span, "deleted_at", ("date",), filled=True)
        if is_literal(setting(one, self.read, "use_revision"), "true"):
            yield DocumentField(one.span, "revision_id", ("uuid",), filled=True)
        if is_literal(setting(one, self.read, "is_root"), "true"):
            name = text(setting(one, self.read, "class_id")) or "_class_id"
            yield DocumentField(one.span, name, ("string",), filled=True)

    def _field(self, one: Class, name: str, type_: str, document: bool) -> DocumentField | None:
        kind, calls = stored(type_), self._calls(one, name)
        unstored = kind.back or any(self.read.is_true(call, "exclude") for call in calls)
        if (
            name.startswith("_")
            or name == "model_config"
            or type_.startswith(("ClassVar", "typing.ClassVar"))
            or unstored
        ):
            return None
        alias = next((found for call in calls if (found := text(self.read.entry(call, "alias")))), "")
        column = alias or ("_id" if name == "id" and document else name)
        filled = self._is_filled(one, name, calls)
        marks = [value for attribute, value in one.injected if attribute == name and called(value) == "Indexed"]
        mark = next((mark for mark in marks if is_ascending(self._direction(mark))), None)
        place = self._place(one, name)
        return DocumentField(
            place,
            column,
            kind.kinds,
            many=kind.many,
            required=not filled and not kind.optional,
            filled=filled,
            fields=_link(place) if kind.refers else (),
            shape=kind.shape,
            refers=kind.refers,
            members=kind.members,
            unique=self.read.is_true(mark, "unique"),
            indexed=mark is not None,
            alias=name if column != name else "",
        )

    def _place(self, one: Class, name: str) -> Span:
        """The name of a field in its class."""
        body = self.source.content[one.span.start : one.span.end]
        found = re.search(rb"^[ \t]+(" + name.encode() + rb")[ \t]*:", body, re.MULTILINE)
        if found is None:
            return one.span
        return Span(one.span.path, one.span.start + found.start(1), one.span.start + found.end(1))

    def _calls(self, one: Class, name: str) -> list[Value]:
        """The calls of `Field` that say more of a field."""
        found = [value for attribute, value in one.injected if attribute == name and called(value) == "Field"]
        value = self.read.kept(f"{one.name}.{name}")
        return [*found, *([value] if value is not None and called(value) == "Field" else [])]

    def _is_filled(self, one: Class, name: str, calls: list[Value]) -> bool:
        """Whether a document without a value has one all the same."""
        value = self.read.kept(f"{one.name}.{name}")
        if value is not None and called(value) != "Field":
            return not _is_ellipsis(value)
        for call in calls:
            first = call.arguments[0] if isinstance(call, CallValue) and call.arguments else None
            given = first or self.read.entry(call, "default")
            if self.read.entry(call, "default_factory") is not None or (given is not None and not _is_ellipsis(given)):
                return True
        return False

    def _direction(self, mark: Value) -> Value | None:
        second = mark.arguments[1] if isinstance(mark, CallValue) and len(mark.arguments) > 1 else None
        return second or self.read.entry(mark, "index_type")

    def _indexes(self, one: Class) -> Iterator[DocumentIndex]:
        """Those that Settings list, and marks that are no plain ascending ones."""
        for attribute, value in one.injected:
            given = self._direction(value) if called(value) == "Indexed" else None
            if given is not None and not is_ascending(given):
                yield DocumentIndex(value.span, ((attribute, direction(given)),), self.read.is_true(value, "unique"))
        for item in self.read.items(setting(one, self.read, "indexes")):
            found = index(item, self.read)
            if found is not None:
                yield found

    def _takes_more(self, one: Class) -> bool:
        """Whether the class keeps what it does not list."""
        config = self.read.kept(f"{one.name}.model_config")
        found = (self.read.entry(config, "extra"), self.read.kept(f"{one.name}.Config.extra"))
        return any(value is not None and (text(value) in _EXTRA or dotted(value) in _EXTRA) for value in found)


def _is_ellipsis(value: Value) -> bool:
    return isinstance(value, UnknownValue) and value.why == "ellipsis"


def _link(span: Span) -> tuple[DocumentField, ...]:
    """A link is stored as a DBRef."""
    return DocumentField(span, "$ref", ("string",)), DocumentField(span, "$id")
