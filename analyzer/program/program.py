"""The program: all files' facts, with the look-ups that cross them.

What comes in: FileFacts of every file. What goes out: a Program whose queries have their names resolved where a constant of
the same file answers. This module does not know SQL.
"""

import posixpath
from collections.abc import Iterable, Iterator, Mapping

import msgspec
from msgspec import Struct

from analyzer.facts.call import Call, Function, Loop
from analyzer.facts.file import FileFacts
from analyzer.facts.model import Model
from analyzer.facts.query import Query
from analyzer.facts.source import Span
from analyzer.facts.text import NamePart, Part, Text


class Program(Struct, frozen=True):
    """Facts by path, and indexes over them."""

    files: Mapping[str, FileFacts]
    functions: Mapping[Span, Function]
    loops: Mapping[Span, Loop]
    calls: Mapping[Span, Call]
    models_by_name: Mapping[str, tuple[Model, ...]]

    def queries(self) -> Iterator[tuple[FileFacts, Query]]:
        """Every query site with its file, in path order."""
        for path in sorted(self.files):
            for query in self.files[path].queries:
                yield self.files[path], query

    def symbol(self, query: Query) -> str:
        """The qualified name of the enclosing function, "" at module level."""
        function = self.functions.get(query.function) if query.function else None
        return function.qualified if function else ""

    def model(self, name: str, file: FileFacts) -> Model | None:
        """The model a name means in a file: its own, or the only one of that name and language in its project."""
        plain = name.rpartition("::")[2].rpartition(".")[2]
        found = self.models_by_name.get(plain, ())
        here = [model for model in found if model.span.path == file.path]
        near = [
            model
            for model in found
            if model.language == file.language and self.files[model.span.path].project.path == file.project.path
        ]
        for candidates in (here, near):
            if len(candidates) == 1:
                return candidates[0]
        return None


def build_program(files: Iterable[FileFacts]) -> Program:
    """Facts of all files -> Program, with constants of the same file put into the texts that name them."""
    read = {file.path: file for file in files}
    scripts = {f"file:{path}": _whole(file) for path, file in read.items() if file.scripts}
    facts = {path: _with_constants(file, scripts) for path, file in read.items()}
    models: dict[str, list[Model]] = {}
    for file in facts.values():
        for model in file.models:
            models.setdefault(model.name, []).append(model)
    return Program(
        files=facts,
        functions={function.span: function for file in facts.values() for function in file.functions},
        loops={loop.span: loop for file in facts.values() for loop in file.loops},
        calls={call.span: call for file in facts.values() for call in file.calls},
        models_by_name={name: tuple(found) for name, found in models.items()},
    )


def _whole(file: FileFacts) -> Text:
    """The text of a SQL file, as `query_file!` and `include_str!` see it."""
    spans = [script.text.span for script in file.scripts]
    parts = tuple(part for script in file.scripts for part in script.text.parts)
    return Text(Span(file.path, spans[0].start, spans[-1].end), parts)


def _with_constants(file: FileFacts, scripts: Mapping[str, Text]) -> FileFacts:
    constants = {**scripts, **{constant.name: constant.text for constant in file.constants}}
    return msgspec.structs.replace(
        file,
        queries=tuple(
            msgspec.structs.replace(query, text=_resolve(query.text, constants, frozenset())) for query in file.queries
        ),
    )


def _resolve(text: Text, constants: Mapping[str, Text], seen: frozenset[str]) -> Text:
    """The text with names replaced by the parts of their constants; a name that leads back to itself stays a name."""
    parts: list[Part] = []
    for part in text.parts:
        name = _normal(part.name) if isinstance(part, NamePart) else ""
        constant = constants.get(name)
        if constant is None or name in seen:
            parts.append(part)
        else:
            parts.extend(_resolve(constant, constants, seen | {name}).parts)
    return Text(text.span, tuple(parts))


def _normal(name: str) -> str:
    """A path without `.` and `..`; other names as they are."""
    return f"file:{posixpath.normpath(name[5:])}" if name.startswith("file:") else name
