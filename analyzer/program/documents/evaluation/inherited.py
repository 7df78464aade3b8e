"""Models whose bases stand in other files: which are models at all, and whose collection they share.

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
    found = ((key, waiting.settle(key, 0)) for key in models)
    return {key: model for key, model in found if model is not None}


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
