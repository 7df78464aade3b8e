"""The types of bound values, followed through the project's own types.

What comes in: an argument with the type somebody wrote and a path of fields and methods. What goes out: the type at the end of the path,
nameless where it leaves what is known. This module does not judge.
"""

from analyzer.facts.file import FileFacts
from analyzer.facts.model import HostType
from analyzer.facts.query import Argument
from analyzer.program.program import Program

UNKNOWN = HostType("")
# Methods that show the text inside: `AsRef<str>` of a newtype over String, `as_str` of a String.
_SHOWS_TEXT = frozenset({"as_ref", "as_str", "as_deref"})
_TEXTS = frozenset({"String", "str"})


def bound_type(argument: Argument, program: Program, file: FileFacts) -> HostType:
    """The type of a bound value."""
    found = argument.type
    for step in argument.path:
        found = _step(found, step, program, file)
    return found


def _step(found: HostType, step: str, program: Program, file: FileFacts) -> HostType:
    if step == "to_string":
        return HostType("String")
    if step in _SHOWS_TEXT and found.name in _TEXTS:
        return found
    model = program.model(found.name, file) if found.name else None
    if model is None or found.arguments:
        return UNKNOWN
    if step in _SHOWS_TEXT:
        only = model.fields[0].type if len(model.fields) == 1 else UNKNOWN
        return only if only.name in _TEXTS else UNKNOWN
    return next((field.type for field in model.fields if field.name == step), UNKNOWN)
