"""The types that rows are read into, with the fields of what they extend and are cut out of.

What comes in: the name of a type and the file that names it. What goes out: a Model with all the fields that are known. This module does not
know rows.
"""

from msgspec.structs import replace

from analyzer.facts.file import FileFacts
from analyzer.facts.model import Field, HostType, Model
from analyzer.program.program import Program

_DEPTH = 8


def whole_model(name: str, program: Program, file: FileFacts, depth: int = 0) -> Model | None:
    """The model of a name, or of `Pick<User,id>`; its own fields take the place of inherited ones."""
    cut, _, inside = name.partition("<")
    if inside and cut in _CUTS:
        base, *keys = inside.removesuffix(">").split(",")
        model = whole_model(base, program, file, depth + 1) if depth < _DEPTH else None
        return replace(model, fields=_CUTS[cut](model.fields, keys)) if model is not None else None
    model = program.model(name, file)
    if model is None or not model.bases or depth >= _DEPTH:
        return model
    home = program.files[model.span.path]
    bases = (whole_model(base, program, home, depth + 1) for base in model.bases if base != name)
    inherited = {field.name: field for base in bases if base is not None for field in base.fields}
    return replace(model, fields=tuple((inherited | {field.name: field for field in model.fields}).values()))


def _pick(fields: tuple[Field, ...], keys: list[str]) -> tuple[Field, ...]:
    return tuple(field for field in fields if field.name in keys)


def _omit(fields: tuple[Field, ...], keys: list[str]) -> tuple[Field, ...]:
    return tuple(field for field in fields if field.name not in keys)


def _partial(fields: tuple[Field, ...], _keys: list[str]) -> tuple[Field, ...]:
    return tuple(replace(field, type=HostType(field.type.name, True, field.type.arguments)) for field in fields)


def _same(fields: tuple[Field, ...], _keys: list[str]) -> tuple[Field, ...]:
    return fields


_CUTS = {"Pick": _pick, "Omit": _omit, "Partial": _partial, "Readonly": _same, "Required": _same}
