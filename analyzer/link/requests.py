"""What a client sends, where it stands in the filter of a query of documents, and what the code does to be sure of it.

What comes in: linked queries and the program. What goes out: Sent values. Sources: Express 4 (expressjs.com, req.body, req.query: the extended parser makes objects of
`a[$ne]=`), Koa, Next.js, Starlette's and Flask's Request. Parameters of a path, headers and cookies are strings. This module does not judge.
"""

import re
from collections.abc import Iterable, Iterator
from typing import Literal

from msgspec import Struct

from analyzer.facts.source import Span
from analyzer.facts.value import (
    CallValue,
    EitherValue,
    ItemValue,
    ListValue,
    MemberValue,
    NameValue,
    ObjectValue,
    ParameterValue,
    TypedValue,
    Value,
)
from analyzer.link.linked import LinkedQuery
from analyzer.link.request_checks import Checks
from analyzer.program.documents.paths.stages import stages
from analyzer.program.program import Program

_REQUESTS = frozenset({"req", "request", "_req", "ctx"})
_TYPES = re.compile(r"^$|^any$|Request\b|^Context$|ParameterizedContext")
_OWN_TYPES = frozenset({"Request", "HttpRequest", "AsyncRequest", "WSGIRequest", ""})
_BODIES = frozenset({"body", "rawBody", "json", "get_json", "data", "form", "args", "values", "query"})
# Of these single values are strings, unless a parser makes objects of them.
_FLAT = frozenset({"form", "args", "values", "query"})
# Servers whose parser of query strings makes objects.
_NESTS = frozenset({"express", "@nestjs/platform-express", "restify", "qs", "koa-qs"})
_LOGIC = frozenset({"$and", "$or", "$nor"})
_DEPTH = 8


class Sent(Struct, frozen=True):
    """`field` is what the value is held against, "" where it is the filter itself. `flat` is True where a parser decides whether it can be an object."""

    span: Span
    field: str
    value: Value
    flat: bool = False


Part = Literal["whole", "part"]


class Requests:
    """Look-ups over one program."""

    def __init__(self, program: Program) -> None:
        self._program = program
        self._checks = Checks(program)

    def sent(self, query: LinkedQuery) -> Iterator[Sent]:
        """What of a query's filters comes from a client as it is."""
        document = query.document
        if document is None or self._checks.is_sanitized(query) or document.option("sanitizeFilter") is not None:
            return
        # MongoEngine checks a value against its field before it asks, which has no room for operators.
        checks = document.framework == "mongoengine"
        for role, value in document.given if not checks else ():
            if role in ("filter", "criteria"):
                found: Iterable[Sent] = self._filter(value, document.path)
            elif role == "id":
                found = self._field(value, value.span, "_id", document.path)
            elif role == "pipeline":
                found = (
                    (Sent(value.span, "", value),)
                    if self._part(value, document.path)
                    else (
                        one
                        for stage in stages(value)
                        if stage.name == "$match"
                        for one in self._filter(stage.body, document.path)
                    )
                )
            else:
                continue
            nests = query.file.project.depends_on(_NESTS)
            yield from (
                one for one in found if (nests or not one.flat) and not self._checks.is_checked(one.value, query)
            )

    # ------------------------------------------------------------------ filters
    def _filter(self, value: Value, path: str, depth: int = 0) -> Iterator[Sent]:
        if depth > _DEPTH:
            return
        if self._part(value, path) is not None:
            yield Sent(value.span, "", value)
        for entry in value.entries if isinstance(value, ObjectValue) else ():
            if entry.is_spread:
                yield from self._filter(entry.value, path, depth + 1)
            elif entry.key in _LOGIC and isinstance(entry.value, ListValue):
                for item in entry.value.items:
                    yield from self._filter(item, path, depth + 1)
            elif entry.key == "$where" or (entry.key is not None and not entry.key.startswith("$")):
                yield from self._field(entry.value, entry.span, entry.key, path)

    def _field(self, value: Value, span: Span, field: str, path: str) -> Iterator[Sent]:
        part = self._part(value, path)
        if part == "part":
            yield Sent(span, field, value, self._is_flat(value, path))
        elif part == "whole" and not self._is_flat(value, path):
            yield Sent(span, field, value)

    # ------------------------------------------------------------------ values
    def _part(self, value: Value, path: str, depth: int = 0) -> Part | None:
        """Whether a value is a request's body or query, or part of one."""
        if depth > _DEPTH:
            return None
        match value:
            case TypedValue(of=inner):
                return self._part(inner, path, depth + 1)
            case EitherValue(options=options):
                return next((found for one in options if (found := self._part(one, path, depth + 1))), None)
            case MemberValue(of=inner, name=name):
                if name in _BODIES and self._is_request(inner, path):
                    return "whole"
                return "part" if self._part(inner, path, depth + 1) else None
            case ItemValue(of=inner):
                return "part" if self._part(inner, path, depth + 1) else None
            case CallValue(callee=MemberValue(of=inner, name=name), arguments=arguments):
                if name in ("json", "get_json") and self._is_request(inner, path):
                    return "whole"
                if name in ("get", "pop") and arguments and self._part(inner, path, depth + 1) == "whole":
                    return "part"
                given = arguments[0] if name == "loads" and arguments else inner if name == "to_dict" else None
                return "whole" if given is not None and self._part(given, path, depth + 1) == "whole" else None
            case _:
                return None

    def _is_request(self, value: Value, path: str) -> bool:
        match value:
            case MemberValue(of=inner, name="request"):
                return self._is_request(inner, path)
            case TypedValue(declared=declared, of=ParameterValue() as inner):
                return _TYPES.search(declared) is not None and self._is_request(inner, path)
            case ParameterValue(name=name, function=function, index=index):
                known = self._program.functions.get(function)
                declared = known.parameters[index].type if known and index < len(known.parameters) else ""
                is_python = self._program.files[path].language == "python"
                own = declared.rpartition(".")[2] in _OWN_TYPES if is_python else _TYPES.search(declared) is not None
                return name in _REQUESTS and own
            case NameValue(name="request"):
                imports = self._program.files[path].imports
                return any(one.alias == "request" and one.module in ("flask", "quart", "bottle") for one in imports)
            case _:
                return False

    def _is_flat(self, value: Value, path: str) -> bool:
        if isinstance(value, EitherValue):
            # What is not sent at all, a header or a default, makes no object of the rest.
            return all(self._is_flat(one, path) for one in value.options if self._part(one, path))
        while isinstance(value, MemberValue | TypedValue | ItemValue | CallValue):
            if isinstance(value, MemberValue) and value.name in _FLAT:
                return True
            value = value.callee if isinstance(value, CallValue) else value.of
        return False

    # ------------------------------------------------------------------ checks
