"""Migrations in code that nothing runs: modules beside those of a list, which the list does not name and no code calls.

What comes in: files, what their calls run, and the timelines. What goes out: functions, each with the timeline that it looks like a step of. This
module does not know what their statements mean.
"""

from collections.abc import Iterator, Mapping

from analyzer.facts.call import Call, Function
from analyzer.facts.file import FileFacts
from analyzer.program.callees import Callees
from analyzer.program.timelines import Timeline, Timelines

_NOT_MAIN = frozenset({"test", "seed", "vendored", "generated"})
_DEPTH = 3


def loose_functions(
    files: Mapping[str, FileFacts], callees: Callees, timelines: Timelines
) -> Iterator[tuple[Timeline, Function]]:
    """Every function in a module beside the steps' modules that is called as they are, and that nothing calls."""
    for timeline in timelines.found:
        names = _names_by_folder(timeline)
        for path, file in sorted(files.items()):
            steps = names.get(path.rpartition("/")[0])
            if not steps or path == timeline.path or file.role in _NOT_MAIN:
                continue
            if any(function.path == path for function in timeline.functions):
                continue
            for function in file.functions:
                does = any(one.defines for one in timelines.of_function(function)[0]) or bool(file.errors)
                if function.name in steps and does and not _is_called(function, timeline, files, callees):
                    yield timeline, function


def _names_by_folder(timeline: Timeline) -> dict[str, set[str]]:
    """What functions of the steps' own modules are called, by folder; helpers that several steps share are no steps."""
    found: dict[str, set[str]] = {}
    for step in timeline.steps:
        for function in step.entries:
            if function.span.path != timeline.path:
                found.setdefault(function.span.path.rpartition("/")[0], set()).add(function.name)
    return found


def _is_called(
    function: Function, timeline: Timeline, files: Mapping[str, FileFacts], callees: Callees, depth: int = 0
) -> bool:
    """Whether anything calls it; a function beside the list that nothing calls itself is a step that was taken out of the list."""
    known = timeline.functions
    for call in _calls_of(function, files, callees):
        caller = next((one for one in files[call.span.path].functions if one.span == call.function), None)
        if caller is None or call.span.path != timeline.path or caller.span in known or depth >= _DEPTH:
            return True
        if _is_called(caller, timeline, files, callees, depth + 1):
            return True
    return False


def _calls_of(function: Function, files: Mapping[str, FileFacts], callees: Callees) -> Iterator[Call]:
    for file in files.values():
        for call in file.calls:
            last = call.callee.replace("::", ".").rpartition(".")[2]
            if last == function.name and call.function != function.span and function in callees.find(file, call.callee):
                yield call
