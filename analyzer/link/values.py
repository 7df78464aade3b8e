"""The types of values, followed through the project's own types.

What comes in: a type somebody wrote and a path of fields and methods. What goes out: the type at the end of the path, nameless where it
leaves what is known. Sources of the methods: the documentation of std's `Option`, `String` and `Vec`. This module does not judge.
"""

from msgspec.structs import replace

from analyzer.facts.file import FileFacts
from analyzer.facts.model import HostType
from analyzer.facts.query import Argument
from analyzer.program.program import Program

UNKNOWN = HostType("")
# Methods that show the text inside: `AsRef<str>` of a newtype over String, `as_str` of a String.
_SHOWS_TEXT = frozenset({"as_ref", "as_str", "as_deref"})
_TEXTS = frozenset({"String", "str"})
_UNWRAPS = frozenset({"unwrap", "expect", "unwrap_or_default", "Some"})
_BORROWS = frozenset({"as_ref", "as_deref", "as_mut"})
_DEPTH = 4


def bound_type(argument: Argument, program: Program, file: FileFacts) -> HostType:
    """The type of a bound value."""
    return seen_through(followed(argument.type, argument.path, program, file), program, file)


def followed(found: HostType, path: tuple[str, ...], program: Program, file: FileFacts) -> HostType:
    """The type at the end of a path."""
    for step in path:
        found, file = _step(found, step, program, file)
    return found


def seen_through(found: HostType, program: Program, file: FileFacts) -> HostType:
    """The type that the database sees: what a transparent newtype holds."""
    for _ in range(_DEPTH):
        model = program.model(found.name, file) if found.name else None
        if model is None or not model.transparent or found.arguments:
            return found
        inner = model.fields[0].type
        found = replace(inner, optional=found.optional or inner.optional)
        file = program.files.get(model.span.path, file)
    return UNKNOWN


def _step(found: HostType, step: str, program: Program, file: FileFacts) -> tuple[HostType, FileFacts]:
    """The type one step on, and the file in which its name means something."""
    if step == "to_string":
        return HostType("String"), file
    if step == "Option":
        return replace(found, optional=True) if found.name else UNKNOWN, file
    if step in _UNWRAPS and found.optional:
        return replace(found, optional=False), file
    if step == "Some" or (step in _BORROWS and found.optional):
        return found, file
    if step in _SHOWS_TEXT and found.name in _TEXTS:
        return found, file
    if step == "[]":
        return _element(found), file
    model = program.model(found.name, file) if found.name else None
    if model is None or found.arguments:
        return UNKNOWN, file
    home = program.files.get(model.span.path, file)
    if step in _SHOWS_TEXT:
        only = model.fields[0].type if len(model.fields) == 1 else UNKNOWN
        return only if only.name in _TEXTS else UNKNOWN, home
    return next((field.type for field in model.fields if field.name == step), UNKNOWN), home


def _element(found: HostType) -> HostType:
    """What a list holds, where that is a plain name."""
    inner = found.arguments[0].removeprefix("&").strip() if len(found.arguments) == 1 else ""
    inner = inner.rpartition("::")[2]
    return (
        HostType(inner) if found.name in ("Vec", "array") and inner.isidentifier() and not found.optional else UNKNOWN
    )
