"""What a program does with requests before it uses them: sanitizers, schemas of middlewares, checks of routes and of functions.

What comes in: a query, and a value that a client sends. What goes out: whether somebody looked at it. Names are all there is to say what a check is. This module does
not know filters.
"""

import re
from collections.abc import Iterator
from functools import cached_property

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
    ParameterValue,
    TypedValue,
    Value,
)
from analyzer.link.dependent import key
from analyzer.link.linked import LinkedQuery
from analyzer.program.documents.evaluation.index import last_name, links
from analyzer.program.program import Program

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
# Where frameworks keep what a client sends.
_KEPT = frozenset({"req.body", "req.query", "request.body", "request.query", "ctx.request.body", "ctx.query"})
_DEPTH = 8


class Checks:
    """Look-ups over one program."""

    def __init__(self, program: Program) -> None:
        self._program = program
        self._safe: dict[str, bool] = {}

    def is_sanitized(self, query: LinkedQuery) -> bool:
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

    def is_checked(self, value: Value, query: LinkedQuery) -> bool:
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
        return known is not None and any(
            any(_is_it(one, handler, name) for one in given)
            and any(_CHECKS.search(word) for one in given for word in _names(one, name))
            for given in self._routes
        )

    @cached_property
    def _routes(self) -> tuple[tuple[Value, ...], ...]:
        """What each route is registered with."""
        return tuple(
            call.arguments
            for file in self._program.files.values()
            for invocation in file.objects.invocations
            for call in links(invocation.call)
            if last_name(call.callee) in _ROUTES
        )


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
