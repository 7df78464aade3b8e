"""What functions return, put into the texts that call them.

What comes in: facts of all files, what their calls run, Constants. What goes out: facts in which a text that a call gives is the text
that the function returns, its parameters replaced by what the call passes. A function that may return several texts makes several. A function that leads back to itself stays a hole, as does what would be too many.
"""

from collections.abc import Mapping

import msgspec

from analyzer.facts.call import Call, Function
from analyzer.facts.file import FileFacts
from analyzer.facts.origin import CallOrigin, LiteralOrigin, Origin, ParameterOrigin
from analyzer.facts.part import Part
from analyzer.facts.part.written import HolePart, LiteralPart
from analyzer.facts.query import Query
from analyzer.facts.registry import Registry
from analyzer.facts.source import Span
from analyzer.facts.text import Text
from analyzer.program.callees import Callees
from analyzer.program.constants import Constants
from analyzer.sql.recognise import looks_like_sql

_MOST = 8
_LONGEST = 2000
_DEPTH = 12
# What a driver takes of an object it is given.
_STATEMENTS = ("text", "sql", "query")
_Parts = tuple[Part, ...]


class Returns:
    """Look-ups of functions that return texts, by the calls of them."""

    def __init__(self, files: Mapping[str, FileFacts], callees: Callees, constants: Constants) -> None:
        self._files = files
        self._callees = callees
        self._constants = constants
        self._calls = {call.span: call for file in files.values() for call in file.calls}
        self._functions = {function.span: function for file in files.values() for function in file.functions}
        self._given: dict[tuple[Span, str], list[_Parts]] = {}

    def into(self, file: FileFacts) -> FileFacts:
        """The facts of a file, the texts of its queries and calls made whole."""
        queries = tuple(query for one in file.queries for query in self._queries(one, file))
        calls = tuple(self._call(call, file) for call in file.calls)
        registries = tuple(self._registry(one, file) for one in file.registries)
        if queries == file.queries and calls == file.calls and registries == file.registries:
            return file
        return msgspec.structs.replace(file, queries=queries, calls=calls, registries=registries)

    def _registry(self, registry: Registry, file: FileFacts) -> Registry:
        """A list with the texts that the functions give which its elements call."""
        if not any(_begins_with_result(text) for entry in registry.entries for text in entry.texts):
            return registry
        entries = (
            msgspec.structs.replace(entry, texts=tuple(text for one in entry.texts for text in self._texts(one, file)))
            for entry in registry.entries
        )
        return msgspec.structs.replace(registry, entries=tuple(entries))

    def _queries(self, query: Query, file: FileFacts) -> list[Query]:
        found = self._texts(query.text, file)
        if found == [query.text]:
            return [query]
        certain = query.certain and len(found) == 1
        return [as_script(msgspec.structs.replace(query, text=text, certain=certain)) for text in found]

    def _call(self, call: Call, file: FileFacts) -> Call:
        """A call with those of its texts that are SQL, now that the functions are known that give them."""
        if not any(_begins_with_result(text) for _, text in call.texts):
            return call
        texts = tuple(
            (position, text)
            for position, given in call.texts
            for text in (self._texts(given, file) if _begins_with_result(given) else (given,))
            if not _begins_with_result(given) or looks_like_sql(text.skeleton)
        )
        return msgspec.structs.replace(call, texts=texts)

    def _texts(self, text: Text, file: FileFacts) -> list[Text]:
        """Every text that a text may be."""
        if not any(_is_result(part) for part in text.parts):
            return [text]
        found = self._expanded(text, file, frozenset())
        return [Text(text.span, parts) for parts in dict.fromkeys(found)]

    def _expanded(self, text: Text, file: FileFacts, around: frozenset[Span]) -> list[_Parts]:
        whole = self._constants.whole(text, file, frozenset()).parts
        found: list[_Parts] = [()]
        for part in whole:
            options = self._options(part, around)
            if len(options) * len(found) > _MOST or any(len(parts) > _LONGEST for parts in (*found, *options)):
                options = [(part,)]
            found = [(*parts, *more) for parts in found for more in options]
        return found

    def _options(self, part: Part, around: frozenset[Span]) -> list[_Parts]:
        """What may stand in place of a part."""
        if not isinstance(part, HolePart) or not isinstance(part.origin, CallOrigin) or not part.is_result:
            return [(part,)]
        call = self._calls.get(part.origin.call)
        function = self._callee(call) if call is not None else None
        if call is None or function is None or function.span in around or len(around) >= _DEPTH:
            return [(part,)]
        given = self._given_by(function, part.origin.field, around)
        return [tuple(_passed(inner, call, function) for inner in parts) for parts in given] or [(part,)]

    def _given_by(self, function: Function, field: str, around: frozenset[Span]) -> list[_Parts]:
        key = (function.span, field)
        if key not in self._given:
            texts = [entry.text for entry in function.returns if entry.field == field]
            if not texts and not field:
                texts = [entry.text for entry in function.returns if entry.field in _STATEMENTS]
            home, inside = self._files[function.span.path], around | {function.span}
            found = list(dict.fromkeys(parts for text in texts for parts in self._expanded(text, home, inside)))
            self._given[key] = found if len(found) <= _MOST else []
        return self._given[key]

    def _callee(self, call: Call) -> Function | None:
        """The function a call means; None where there is none, or more than one."""
        around = self._functions.get(call.function) if call.function is not None else None
        found = self._callees.find(self._files[call.span.path], call.callee, around.owner if around is not None else "")
        return found[0] if len(found) == 1 else None


def _passed(part: Part, call: Call, function: Function) -> Part:
    """A parameter of a function as what a call passes for it."""
    if not isinstance(part, HolePart) or not isinstance(part.origin, ParameterOrigin) or call.keywords:
        return part
    index = part.origin.index
    inside = function.span.path == part.span.path and function.span.start <= part.span.start < function.span.end
    same = index < len(function.parameters) and function.parameters[index].name == part.origin.name
    if not inside or not same or index >= len(call.arguments):
        return part
    return _written(call.arguments[index], call) or HolePart(part.span, call.arguments[index])


def _written(origin: Origin, call: Call) -> LiteralPart | None:
    """A plain string that a call passes, at the place of the call."""
    if not isinstance(origin, LiteralOrigin) or not isinstance(origin.value, str) or origin.kind != "string":
        return None
    places = tuple((index, call.span.start) for index in range(max(len(origin.value), 1)))
    return LiteralPart(origin.value, call.span, places)


def as_script(query: Query) -> Query:
    """A text of several statements that nothing is bound to is run as a script."""
    several = ";" in query.text.skeleton.rstrip().rstrip(";")
    bound = query.arguments is not None and bool(query.arguments.values)
    return msgspec.structs.replace(query, operation="script") if several and not bound else query


def _is_result(part: Part) -> bool:
    return isinstance(part, HolePart) and part.is_result


def _begins_with_result(text: Text) -> bool:
    return bool(text.parts) and _is_result(text.parts[0])
