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
    FunctionValue,
    ItemValue,
    Kept,
    ListValue,
    LiteralValue,
    MemberValue,
    NameValue,
    ObjectValue,
    ParameterValue,
    TypedValue,
    Value,
)
from analyzer.link.dependent import key
from analyzer.link.linked import LinkedQuery
from analyzer.program.documents.evaluation.index import last_name, links
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
_CHECKS = re.compile(
    r"valid|parse|check|sanit|assert|ensure|verif|schema|cast|guard|celebrate|joi|zod|yup|dto|escape|^is[A-Z_]|^test$|^match",
    re.IGNORECASE,
)
_SANITIZERS = frozenset(
    {
        "express-mongo-sanitize",
        "mongo-sanitize",
        "@exortek/express-mongo-sanitize",
        "@exortek/fastify-mongo-sanitize",
        "content-filter",
    }
)
_ROUTES = frozenset({"get", "post", "put", "patch", "delete", "all", "use", "route", "handle"})
_DEPTH = 8


class Sent(Struct, frozen=True):
    """`field` is what the value is held against, "" where it is the filter itself. `flat` is True where a parser decides whether it can be an object."""

    span: Span
    field: str
    value: Value
    flat: bool = False


Part = Literal["whole", "part"]
# Where frameworks keep what a client sends.
_KEPT = frozenset({"req.body", "req.query", "request.body", "request.query", "ctx.request.body", "ctx.query"})


class Requests:
    """Look-ups over one program."""

    def __init__(self, program: Program) -> None:
        self._program = program
        self._safe: dict[str, bool] = {}

    def sent(self, query: LinkedQuery) -> Iterator[Sent]:
        """What of a query's filters comes from a client as it is."""
        document = query.document
        if document is None or self._is_sanitized(query) or document.option("sanitizeFilter") is not None:
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
            yield from (one for one in found if (nests or not one.flat) and not self._is_checked(one.value, query))

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
    def _is_sanitized(self, query: LinkedQuery) -> bool:
        """Whether the project cleans all that clients send."""
        home = query.file.project.path
        if home not in self._safe:
            files = [file for file in self._program.files.values() if file.project.path == home and file.role != "test"]
            given = [one for file in files for call in file.objects.invocations for one in call.call.arguments]
            self._safe[home] = (
                any(one.module in _SANITIZERS for file in files for one in file.imports)
                or any(_is_checked_body(kept) for file in files for kept in file.objects.kept)
                or any(isinstance(one, LiteralValue) and one.text == "sanitizeFilter" for one in given)
                or any(
                    isinstance(one, NameValue | MemberValue | CallValue) and "sanitiz" in last_name(one).lower()
                    for one in given
                )
            )
        return self._safe[home]

    def _is_checked(self, value: Value, query: LinkedQuery) -> bool:
        """Whether the function around, or the route it is registered for, has a look at the value first."""
        around = query.document.function if query.document is not None else None
        names = _holders(value)
        own = key(value.options[0] if isinstance(value, EitherValue) else value)
        for given in query.file.objects.checked:
            if (
                around is not None
                and around.start <= given.span.start < around.end
                and own is not None
                and key(given) == own
            ):
                return True
        for one in query.file.objects.invocations:
            inside = around is not None and around.start <= one.span.start and one.span.end <= around.end
            for call in links(one.call) if inside else ():
                is_asked = isinstance(call.callee, MemberValue) and own is not None and key(call.callee.of) == own
                if is_asked or (
                    _CHECKS.search(last_name(call.callee)) and any(key(given) in names for given in call.arguments)
                ):
                    return True
        return self._is_registered_with_checks(value)

    def _is_registered_with_checks(self, value: Value) -> bool:
        handler = _function(value)
        known = self._program.functions.get(handler) if handler is not None else None
        name = known.name if known is not None else ""
        for file in self._program.files.values() if known is not None else ():
            for invocation in file.objects.invocations:
                for call in links(invocation.call):
                    given = call.arguments if last_name(call.callee) in _ROUTES else ()
                    is_own = any(_is_it(one, handler, name) for one in given)
                    if is_own and any(_CHECKS.search(word) for one in given for word in _names(one, name)):
                        return True
        return False


def _is_checked_body(kept: Kept) -> bool:
    """`req.body = schema.parse(req.body)` in a middleware: what handlers get was checked."""
    value = kept.value
    while isinstance(value, MemberValue | TypedValue):
        value = value.of
    is_json = (
        isinstance(value, CallValue) and isinstance(value.callee, MemberValue) and last_name(value.callee.of) == "JSON"
    )
    return (
        kept.name in _KEPT
        and isinstance(value, CallValue)
        and not is_json
        and _CHECKS.search(last_name(value.callee)) is not None
    )


def _holders(value: Value) -> set[object]:
    """Keys of a value and of what it is part of, up to the request itself."""
    found: set[object] = set()
    options = value.options if isinstance(value, EitherValue) else (value,)
    for option in options:
        node: Value = option
        while True:
            if (one := key(node)) is not None:
                found.add(one)
            if isinstance(node, MemberValue | TypedValue | ItemValue):
                node = node.of
            elif (
                isinstance(node, CallValue)
                and isinstance(node.callee, MemberValue)
                and last_name(node.callee) in ("get", "pop")
            ):
                node = node.callee.of
            else:
                break
    return found


def _function(value: Value, depth: int = 0) -> Span | None:
    """The function whose parameter a value is part of."""
    match value:
        case ParameterValue(function=function):
            return function
        case MemberValue(of=inner) | TypedValue(of=inner) | ItemValue(of=inner) if depth < _DEPTH:
            return _function(inner, depth + 1)
        case CallValue(callee=inner) if depth < _DEPTH:
            return _function(inner, depth + 1)
        case EitherValue(options=options) if depth < _DEPTH:
            return next((found for one in options if (found := _function(one, depth + 1))), None)
        case _:
            return None


def _is_it(given: Value, handler: Span | None, name: str) -> bool:
    if isinstance(given, CallValue):
        # `asyncHandler(login)`.
        return any(_is_it(one, handler, name) for one in given.arguments)
    if isinstance(given, FunctionValue):
        return given.span == handler
    return bool(name) and isinstance(given, NameValue | MemberValue) and last_name(given) == name


def _names(value: Value, handler: str, depth: int = 0) -> Iterator[str]:
    """All names of an argument beside the handler's."""
    match value:
        case NameValue(name=name) | MemberValue(name=name):
            if name != handler:
                yield name
            if isinstance(value, MemberValue) and depth < _DEPTH:
                yield from _names(value.of, handler, depth + 1)
        case CallValue(callee=callee, arguments=arguments) if depth < _DEPTH:
            for one in (callee, *arguments):
                yield from _names(one, handler, depth + 1)
        case ListValue(items=items) if depth < _DEPTH:
            for one in items:
                yield from _names(one, handler, depth + 1)
        case _:
            return
