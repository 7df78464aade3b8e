"""Migrations that live in code, in the order in which a program goes through them.

What comes in: facts of all files, and what their calls run. What goes out: Timelines: lists of steps, each with the statements it sends to a
database, helpers followed. Three shapes are known: a list whose elements hold statements or functions, functions of one file that are numbered,
and numbered modules of one folder that do the same thing. This module does not know SQL beyond a statement's first words.
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cached_property

from msgspec import Struct

from analyzer.facts.call import Call, Function, Loop
from analyzer.facts.file import FileFacts
from analyzer.facts.origin import LoopOrigin
from analyzer.facts.query import Query
from analyzer.facts.registry import Entry, Registry
from analyzer.facts.source import Span
from analyzer.facts.text import Text
from analyzer.program.callees import ENTRIES, Callees

_NOT_MAIN = frozenset({"test", "seed", "vendored", "generated"})
_STEPS = re.compile(r"migrat|upgrade|evolution|patch|changelog|changeset|(?:schema|db).{0,12}version", re.IGNORECASE)
_BACK = re.compile(r"down|revert|rollback|downgrade", re.IGNORECASE)
_DEFINES = re.compile(
    r"\s*(?:--[^\n]*\n\s*|/\*.*?\*/\s*)*(?:create|alter|drop|rename)\b|.*;\s*(?:create|alter)\s+table\b",
    re.IGNORECASE | re.DOTALL,
)
# `m001_initial`, `migration_12`, `upgrade_to_3`; `V2__users`, `0003-orders`, `20240101_users`.
_FUNCTION = re.compile(r"([A-Za-z_]*?)_?(\d+)(?:_\w*)?")
_FILE = re.compile(r"_?[vVmM]?(\d+)(?:__|[_.-])\w.*")
_DEPTH = 12
_MOST = 5000
_FEW = 2


class Statement(Struct, frozen=True):
    """A text on its way to a database. `guarded` where it need not run, `caught` where its failure stops nothing."""

    text: Text
    guarded: bool = False
    caught: bool = False

    @property
    def defines(self) -> bool:
        """Whether it changes a schema, by its first words."""
        return _DEFINES.match(self.text.skeleton[:4000]) is not None


class CodeStep(Struct, frozen=True):
    """One migration. `span` is its element or function, `functions` is all that runs with it, `entries` what of that is a module's own step."""

    span: Span
    name: str
    statements: tuple[Statement, ...]
    functions: frozenset[Span]
    entries: tuple[Function, ...] = ()


class Timeline(Struct, frozen=True):
    """`path` is the file or folder; `stops` is False where a step's failure does not keep later ones from running."""

    path: str
    span: Span
    steps: tuple[CodeStep, ...]
    stops: bool = True

    @property
    def functions(self) -> frozenset[Span]:
        return frozenset(function for step in self.steps for function in step.functions)


class Timelines:
    """The walk through a program's functions."""

    def __init__(self, files: Mapping[str, FileFacts], callees: Callees) -> None:
        self._files = files
        self._callees = callees
        self._done: dict[Span, tuple[tuple[Statement, ...], frozenset[Span]]] = {}

    @cached_property
    def found(self) -> tuple[Timeline, ...]:
        """Every timeline outside of tests, in order of place; one that another runs is part of that."""
        known = [file for path, file in sorted(self._files.items()) if file.role not in _NOT_MAIN]
        lists = [timeline for file in known for timeline in self._lists(file)]
        inner = {function for timeline in lists for function in timeline.functions}
        outer = [one for one in lists if self._enclosing(one.span) not in inner]
        taken = {function for timeline in outer for function in timeline.functions}
        families = [one for file in known for one in self._families(file) if one.functions.isdisjoint(taken)]
        taken |= {function for timeline in families for function in timeline.functions}
        folders = [one for one in self._folders(known) if one.functions.isdisjoint(taken)]
        return tuple(sorted((*outer, *families, *folders), key=lambda one: (one.path, one.span)))

    def _enclosing(self, span: Span) -> Span | None:
        around = [
            f.span
            for f in self._files[span.path].functions
            if f.name and f.span.start <= span.start and span.end <= f.span.end
        ]
        return max(around, default=None, key=lambda function: function.start)

    # ------------------------------------------------------------------ shapes
    def _lists(self, file: FileFacts) -> Iterator[Timeline]:
        for registry in file.registries:
            if any(test.start <= registry.span.start < test.end for test in file.tests) or not self._sounds(
                file, registry
            ):
                continue
            steps = tuple(self._entry(file, entry) for entry in registry.entries)
            if _changes(steps):
                yield Timeline(file.path, registry.span, steps, stops=not self._goes_on(file, registry))

    def _goes_on(self, home: FileFacts, registry: Registry) -> bool:
        """Whether a loop over the list runs its elements one by one and passes over their failures."""
        function = next((f.name for f in home.functions if f.span == registry.function), "")
        words = [re.escape(word) for word in (registry.name, function) if word.isidentifier()]
        if not words:
            return False
        over = re.compile(rf"\b(?:{'|'.join(words)})\b")
        for file in self._files.values():
            known = file is home or any(imported.alias in (registry.name, function) for imported in file.imports)
            for loop in file.loops if known else ():
                if over.search(loop.over_text) and any(_passes_over(call, loop) for call in file.calls):
                    return True
        return False

    def _sounds(self, file: FileFacts, registry: Registry) -> bool:
        function = next((f.name for f in file.functions if f.span == registry.function), "")
        words = (registry.name, registry.call, function)
        named = all(entry.name or not entry.texts for entry in registry.entries) and _STEPS.search(
            file.path.rpartition("/")[2]
        )
        return not _BACK.search(registry.name) and (any(_STEPS.search(word) for word in words) or bool(named))

    def _families(self, file: FileFacts) -> Iterator[Timeline]:
        groups: dict[str, list[tuple[int, Function]]] = {}
        for function in file.functions:
            match = _FUNCTION.fullmatch(function.name)
            inside = any(test.start <= function.span.start < test.end for test in file.tests)
            if (
                match is not None
                and not inside
                and (_STEPS.match(match[1]) or match[1] in ("m", "mig", "v", "version"))
            ):
                groups.setdefault(match[1], []).append((int(match[2]), function))
        for _, group in sorted(groups.items()):
            members = [function for _, function in sorted(group, key=lambda entry: (entry[0], entry[1].span))]
            steps = tuple(self._step(function.span, function.name, [function]) for function in members)
            # `m001_initial` expects others to come.
            padded = any(re.search(r"\d+", member.name)[0].startswith("0") for member in members)  # type: ignore[index]
            if (len(steps) >= _FEW or padded) and _changes(steps):
                yield Timeline(file.path, members[0].span, steps)

    def _folders(self, files: Iterable[FileFacts]) -> Iterator[Timeline]:
        folders: dict[str, list[tuple[int, str, FileFacts]]] = {}
        for file in files:
            folder, _, name = file.path.rpartition("/")
            match = _FILE.fullmatch(name)
            if match is not None and file.functions:
                folders.setdefault(folder, []).append((int(match[1]), file.path, file))
        for folder, group in sorted(folders.items()):
            modules = [
                (file, self._callees.entry_of(file)) for _, _, file in sorted(group, key=lambda entry: entry[:2])
            ]
            steps = tuple(
                self._step(functions[0].span, file.path.rpartition("/")[2].rpartition(".")[0], functions)
                for file, functions in modules
                if functions
            )
            if len(steps) >= _FEW and _changes(steps):
                yield Timeline(folder, steps[0].span, steps)

    # ------------------------------------------------------------------ the walk
    def _step(self, span: Span, name: str, functions: Sequence[Function]) -> CodeStep:
        statements: list[Statement] = []
        reached: set[Span] = set()
        for function in functions:
            found, inner = self.of_function(function)
            statements += found
            reached |= inner
        return CodeStep(span, name, tuple(statements), frozenset(reached), tuple(functions))

    def _entry(self, file: FileFacts, entry: Entry) -> CodeStep:
        """An element's own statements in order of place, with those of the functions that it calls or names."""

        def is_back(span: Span) -> bool:
            return any(back.start <= span.start < back.end for back in entry.back)

        def is_own(span: Span) -> bool:
            return entry.span.start <= span.start and span.end <= entry.span.end and not is_back(span)

        queries = [query for query in file.queries if is_own(query.span)]
        calls = [call for call in file.calls if is_own(call.span)]
        statements, reached = self._walked(file, queries, calls, entry.texts, 0)
        for mention in entry.mentions:
            for function in self._callees.find(file, mention) or self._callees.entry(file, mention):
                if function.span not in reached and not is_own(function.span):
                    more, inner = self.of_function(function)
                    statements += more
                    reached |= inner
        others = [function for function in (self._function(span) for span in sorted(reached)) if function is not None]
        entries = tuple(function for function in others if function.span.path != file.path and function.name in ENTRIES)
        return CodeStep(entry.span, entry.name, tuple(statements), frozenset(reached), entries)

    def _function(self, span: Span) -> Function | None:
        return next((function for function in self._files[span.path].functions if function.span == span), None)

    def of_function(self, function: Function, depth: int = 0) -> tuple[tuple[Statement, ...], frozenset[Span]]:
        """What a function sends to a database, its callees included, and the functions that run with it."""
        if function.span in self._done or depth > _DEPTH:
            return self._done.get(function.span, ((), frozenset({function.span})))
        self._done[function.span] = ((), frozenset({function.span}))  # a cycle ends here
        file = self._files[function.span.path]
        queries = [query for query in file.queries if query.function == function.span]
        calls = [call for call in file.calls if call.function == function.span]
        texts = [
            text
            for registry in file.registries
            if registry.function == function.span
            for entry in registry.entries
            for text in entry.texts
        ]
        # `pub fn migration() -> String`: what runs the text is a tool.
        texts += (
            [returned.text for returned in function.returns if Statement(returned.text).defines] if not queries else []
        )
        statements, reached = self._walked(file, queries, calls, texts, depth, function.owner)
        self._done[function.span] = (tuple(statements[:_MOST]), frozenset({function.span, *reached}))
        return self._done[function.span]

    def _walked(
        self,
        file: FileFacts,
        queries: list[Query],
        calls: list[Call],
        texts: Iterable[Text],
        depth: int,
        owner: str = "",
    ) -> tuple[list[Statement], set[Span]]:
        sites = {query.span for query in queries}
        known = frozenset[Span]().union(*(query.text.places for query in queries))
        own = [(query.span.start, _statement(query)) for query in queries]
        own += [(text.span.start, Statement(text)) for text in texts if known.isdisjoint(text.places)]
        reached: set[Span] = set()
        placed: list[tuple[int, tuple[Statement, ...]]] = [(at, (one,)) for at, one in own if not one.text.is_blank]
        for call in calls:
            for function in self._callees.find(file, call.callee, owner) if call.span not in sites else ():
                found, inner = self.of_function(function, depth + 1)
                reached |= inner
                placed.append((call.span.start, tuple(_within(one, call) for one in found)))
        return [one for _, group in sorted(placed, key=lambda entry: entry[0]) for one in group], reached


def _statement(query: Query) -> Statement:
    return Statement(query.text, query.guarded, query.fate != "stops")


def _within(one: Statement, call: Call) -> Statement:
    return Statement(one.text, one.guarded or call.guarded, one.caught or call.fate != "stops")


def _passes_over(call: Call, loop: Loop) -> bool:
    """A call of the loop's element, or with it, whose failure is caught and forgotten."""
    mine = any(isinstance(origin, LoopOrigin) and origin.loop == loop.span for origin in call.arguments)
    head = call.callee.replace("::", ".").partition(".")[0]
    return loop.span in call.loops and call.fate == "ignored" and (mine or head in loop.variables)


def _changes(steps: Iterable[CodeStep]) -> bool:
    """Whether these are migrations: most of them that send anything send definitions."""
    speaking = [step for step in steps if step.statements]
    defining = [step for step in speaking if any(one.defines for one in step.statements)]
    return bool(defining) and 2 * len(defining) >= len(speaking)
