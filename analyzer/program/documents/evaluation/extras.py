"""Classes of data that keep more than the fields they list, or keep them under other names.

What comes in: a class by file and name. What goes out: whether its fields are not all there is. Sources: docs.pydantic.dev/latest/api/config (`extra`,
`alias_generator`), /concepts/fields (`serialization_alias`, `computed_field`); TypeScript's parameters of constructors that are properties. This module does not
know what a class is used for.
"""

from collections.abc import Iterator

from analyzer.facts.model import Model
from analyzer.facts.value import CallValue, LiteralValue, MemberValue, ObjectValue, TypedValue, Value
from analyzer.program.documents.evaluation.index import Index
from analyzer.program.documents.libraries.methods import family

_SHUT = frozenset({"ignore", "forbid"})


def keeps_more(index: Index, path: str, model: Model) -> bool:
    """Whether objects of a class may hold what its fields do not say."""
    name = model.name
    if any(_opens(option, value) for option, value in _told(index, path, name)):
        return True
    if family(index.files[path].language) != "python":
        return index.constructor(path, name) is not None
    renamed = any(
        _is_renamed(kept.value) for field in model.fields for kept in index.kept.get((path, f"{name}.{field.name}"), ())
    )
    computes = any(entry.name == "computed_field" for entry in index.files[path].imports)
    return renamed or computes


def _told(index: Index, path: str, name: str) -> Iterator[tuple[str, Value]]:
    """What a class says of itself: `model_config = ConfigDict(extra="allow")`, `class Config: extra = ..`."""
    for kept in index.kept.get((path, f"{name}.model_config"), ()):
        value = kept.value.of if isinstance(kept.value, TypedValue) else kept.value
        if isinstance(value, CallValue):
            yield from ((word.name, word.value) for word in value.keywords)
        for entry in value.entries if isinstance(value, ObjectValue) else ():
            yield entry.key or "", entry.value
    for option in ("extra", "alias_generator"):
        for kept in index.kept.get((path, f"{name}.Config.{option}"), ()):
            yield option, kept.value


def _opens(option: str, value: Value) -> bool:
    word = value.text if isinstance(value, LiteralValue) else value.name if isinstance(value, MemberValue) else ""
    return option in ("", "alias_generator") or (option == "extra" and word not in _SHUT)


def _is_renamed(value: Value) -> bool:
    inner = value.of if isinstance(value, TypedValue) else value
    return isinstance(inner, CallValue) and any(word.name == "serialization_alias" for word in inner.keywords)
