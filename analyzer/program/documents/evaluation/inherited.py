"""Models that other files decide on: whose bases stand there, and those that code only asks for. Which are models at all, and whose collection they share.

What comes in: the models that files declare, the Resolver of their imports. What goes out: the same without those that only looked like models. This module
does not know any library.
"""

from collections.abc import Mapping

from msgspec.structs import replace

from analyzer.facts.document import DocumentModel
from analyzer.facts.file import FileFacts
from analyzer.facts.value import LiteralValue
from analyzer.program.imports.resolver import Resolver

_DEPTH = 12
Key = tuple[str, str]


def settled(
    models: Mapping[Key, DocumentModel], files: Mapping[str, FileFacts], resolver: Resolver
) -> dict[Key, DocumentModel]:
    """Models by path and name."""
    waiting = _Waiting(models, files, resolver)
    found = ((key, waiting.settle(key, 0)) for key in models if not models[key].asked)
    settled_ones = {key: model for key, model in found if model is not None}
    return settled_ones | _asked(models, settled_ones, files, resolver)


def _asked(
    models: Mapping[Key, DocumentModel],
    others: Mapping[Key, DocumentModel],
    files: Mapping[str, FileFacts],
    resolver: Resolver,
) -> dict[Key, DocumentModel]:
    """Of the models that code only asks for those that no file registers and whose class says their shape, each once."""
    known = {name for (_, name), model in others.items() for name in (name, model.registered)}
    found: dict[Key, DocumentModel] = {}
    for key, model in sorted(models.items(), key=lambda entry: entry[0]):
        places = [key, *((file.path, name) for file, name in resolver.definitions(files[key[0]], model.name))]
        is_shaped = any(shape.name == name for path, name in places for shape in files[path].shapes)
        if model.asked and model.registered not in known and is_shaped:
            known.add(model.registered)
            found[key] = model
    return found


class _Waiting:
    def __init__(self, models: Mapping[Key, DocumentModel], files: Mapping[str, FileFacts], resolver: Resolver) -> None:
        self.models = models
        self.files = files
        self.resolver = resolver
        self.done: dict[Key, DocumentModel | None] = {}

    def settle(self, key: Key, depth: int) -> DocumentModel | None:
        model = self.models[key]
        if not model.inherits or depth > _DEPTH:
            return None if model.inherits else model
        if key not in self.done:
            self.done[key] = None
            self.done[key] = next(
                (one for base in model.inherits if (one := self._under(model, base, key[0], depth))), None
            )
        return self.done[key]

    def _under(self, model: DocumentModel, base: str, path: str, depth: int) -> DocumentModel | None:
        """A model as its base makes it; None where the base is none."""
        here = [(path, base)] if base != model.name else []
        for key in (*here, *((file.path, name) for file, name in self.resolver.definitions(self.files[path], base))):
            above = self.settle(key, depth + 1) if key in self.models else None
            if above is None:
                continue
            shared = above.shares == "always" or (above.shares == "unnamed" and model.collection is None)
            parent = model.parent or (base if shared else "")
            own = model.collection or LiteralValue(model.span, "string", model.name)
            return replace(model, parent=parent, collection=own, inherits=(), shares=model.shares or above.shares)
        return None
