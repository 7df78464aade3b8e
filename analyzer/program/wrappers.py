"""Functions that hand a statement on to a database: their callers are the query sites.

What comes in: facts of all files. What goes out: facts in which a call of a wrapper with a text is a Query, and the call inside the wrapper, which
knows no text, is none. A function is a wrapper when one of its parameters is the whole text of a query, or is handed to a wrapper in the place
of its text: found by fix-point over the calls, whatever the functions are named and wherever they lie. A call is matched by the last word of its
callee and the place of its text. This module does not know SQL: that a text begins like SQL was seen when it was read.
"""

from collections.abc import Iterator, Mapping
from collections.abc import Set as AbstractSet
from functools import cache

import msgspec
from msgspec import Struct

from analyzer.facts.call import Call, Function
from analyzer.facts.file import FileFacts
from analyzer.facts.origin import Origin, ParameterOrigin
from analyzer.facts.part.written import HolePart
from analyzer.facts.query import Argument, Arguments, Query
from analyzer.facts.source import Span
from analyzer.facts.text import Text
from analyzer.program.returns import as_script

_ROUNDS = 12


class Wrapper(Struct, frozen=True):
    """Parameter `index` of `function` is the text of `query`; parameter `values` holds what is bound, -1 where none does."""

    function: Function
    index: int
    values: int
    query: Query


def with_wrapped(files: Mapping[str, FileFacts]) -> dict[str, FileFacts]:
    """The files, the calls of wrappers added as query sites."""
    functions = {function.span: function for file in files.values() for function in file.functions}
    calls = [call for file in files.values() for call in file.calls]
    wrappers = {wrapper.function.span: wrapper for file in files.values() for wrapper in _direct(file, functions)}
    for _ in range(_ROUNDS):
        found = [w for w in _indirect(calls, functions, _by_name(wrappers)) if w.function.span not in wrappers]
        if not found:
            break
        wrappers |= {wrapper.function.span: wrapper for wrapper in found}
    if not wrappers:
        return dict(files)
    return _rewritten(files, wrappers)


def _direct(file: FileFacts, functions: Mapping[Span, Function]) -> Iterator[Wrapper]:
    """Functions whose own query has a parameter for its text."""
    for query in file.queries:
        function = _holder(query, file, functions)
        index = _parameter(query.text, function)
        if function is not None and function.name and index >= 0:
            values = query.arguments.values if query.arguments is not None else ()
            bound = next((_place(value.origin, function) for value in values), -1)
            spoken = {other.dialect_hint for other in file.queries if other.function == function.span} - {""}
            # An adapter that talks to one engine or another speaks for neither.
            inner = query if len(spoken) < 2 else msgspec.structs.replace(query, dialect_hint="")
            yield Wrapper(function, index, bound if bound >= 0 else _behind(function, index), inner)


def _holder(query: Query, file: FileFacts, functions: Mapping[Span, Function]) -> Function | None:
    """The function whose parameter the text may be: the one around the query, or one around that (`def interaction(txn)` in it sends it)."""
    function = functions.get(query.function) if query.function is not None else None
    if function is None or len(query.text.parts) != 1 or _parameter(query.text, function) >= 0:
        return function
    around = [
        f for f in file.functions if f.name and f.span.start <= function.span.start and function.span.end <= f.span.end
    ]
    fitting = [outer for outer in around if _parameter(query.text, outer) >= 0]
    return max(fitting, key=lambda outer: outer.span.start, default=function)


def _indirect(
    calls: list[Call], functions: Mapping[Span, Function], by_name: Mapping[str, list[Wrapper]]
) -> Iterator[Wrapper]:
    """Functions that hand a parameter to a wrapper in the place of its text."""
    for call in calls:
        function = functions.get(call.function) if call.function is not None else None
        if function is None or not function.name:
            continue
        for wrapper in by_name.get(_last(call.callee), ()):
            index = _place(call.arguments[wrapper.index], function) if wrapper.index < len(call.arguments) else -1
            if index >= 0 and function.span != wrapper.function.span:
                yield Wrapper(function, index, _behind(function, index), wrapper.query)
                break


def _behind(function: Function, index: int) -> int:
    """The parameter behind the text: what is bound, by every wrapper's habit."""
    return index + 1 if index + 1 < len(function.parameters) else -1


def _parameter(text: Text, function: Function | None) -> int:
    """The parameter that is the whole text, -1 where it is something else."""
    if function is None or len(text.parts) != 1 or not isinstance(text.parts[0], HolePart):
        return -1
    return _place(text.parts[0].origin, function)


def _place(origin: Origin, function: Function) -> int:
    if not isinstance(origin, ParameterOrigin):
        return -1
    same = origin.index < len(function.parameters) and function.parameters[origin.index].name == origin.name
    return origin.index if same else -1


def _by_name(wrappers: Mapping[Span, Wrapper]) -> dict[str, list[Wrapper]]:
    names: dict[str, list[Wrapper]] = {}
    for span in sorted(wrappers):
        names.setdefault(wrappers[span].function.name, []).append(wrappers[span])
    return names


def _last(callee: str) -> str:
    return callee.replace("::", ".").rpartition(".")[2]


def _rewritten(files: Mapping[str, FileFacts], wrappers: Mapping[Span, Wrapper]) -> dict[str, FileFacts]:
    by_name = _by_name(wrappers)
    used: set[Span] = set()
    sites: dict[str, list[Query]] = {}
    adapters = {name for name, found in by_name.items() if any(not wrapper.query.dialect_hint for wrapper in found)}
    files = {path: _adapted(file, adapters) for path, file in files.items()}
    for path, file in files.items():
        known = {query.span for query in file.queries} | {query.text.span for query in file.queries}
        for call in file.calls:
            for wrapper in by_name.get(_last(call.callee), ()):
                texts = [text for position, text in call.texts if position == wrapper.index]
                if not texts:
                    continue
                used.add(wrapper.query.span)
                if call.span not in known and texts[0].span not in known:
                    sites.setdefault(path, []).extend(_site(call, text, wrapper) for text in texts)
                break
    return {path: _with_sites(file, sites.get(path, []), used, wrappers) for path, file in files.items()}


def _adapted(file: FileFacts, adapters: AbstractSet[str]) -> FileFacts:
    """A site that is called as an adapter is, in a file that imports no driver, is the adapter's: it speaks for no engine."""
    callees = {call.span: _last(call.callee) for call in file.calls}
    if adapters.isdisjoint(callees.values()) or any(entry.module in _drivers() for entry in file.imports):
        return file
    queries = tuple(
        msgspec.structs.replace(query, dialect_hint="", paramstyle="any")
        if callees.get(query.span) in adapters
        else query
        for query in file.queries
    )
    return msgspec.structs.replace(file, queries=queries)


@cache
def _drivers() -> frozenset[str]:
    from analyzer.extract.frameworks.registry import all_frameworks  # noqa: PLC0415 - brings the grammars

    return frozenset(name for framework in all_frameworks() for name in framework.dependencies)


def _site(call: Call, text: Text, wrapper: Wrapper) -> Query:
    """The query a call of a wrapper makes. What is bound is known by its origin alone."""
    origins = call.arguments[wrapper.values : wrapper.values + 1] if wrapper.values >= 0 else ()
    bound = Arguments(tuple(Argument(call.span, origin) for origin in origins), complete=False)
    # A wrapper that swallows leaves its callers nothing to catch.
    inner = call if wrapper.query.fate == "stops" else wrapper.query
    row = wrapper.query.row
    query = msgspec.structs.replace(
        wrapper.query,
        span=call.span,
        text=text,
        arguments=bound,
        # What type the wrapper makes of a row, it makes of every caller's; it is the caller's text that may not give it.
        row=msgspec.structs.replace(row, span=call.span, reads=(), arity=None) if row is not None else None,
        # What a wrapper does to a text on its way, placeholders first, is its own business.
        paramstyle="any",
        handle=call.callee.rpartition(".")[0],
        function=call.function,
        loops=call.loops,
        fate=inner.fate,
        guarded=call.guarded,
        tolerated=inner.tolerated,
    )
    return query if origins else as_script(query)


def _with_sites(file: FileFacts, sites: list[Query], used: set[Span], wrappers: Mapping[Span, Wrapper]) -> FileFacts:
    inner = {wrapper.query.span for wrapper in wrappers.values()} & used
    kept = [query for query in file.queries if query.span not in inner]
    if not sites and len(kept) == len(file.queries):
        return file
    return msgspec.structs.replace(file, queries=tuple(sorted((*kept, *sites), key=lambda query: query.span)))
