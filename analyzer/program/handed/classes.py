"""Classes across files: what takes from what, and who makes objects of it.

What comes in: facts of all files. What goes out: Holders, in the order in which they are asked for an attribute, and the calls outside of tests that make
an object. This module does not know what an object keeps.
"""

from collections.abc import Mapping, Sequence
from functools import cached_property

from msgspec import Struct

from analyzer.facts.call import Call
from analyzer.facts.file import FileFacts
from analyzer.facts.holder import Holder
from analyzer.facts.source import Span
from analyzer.program.imports.resolver import Resolver

_SUPER, _MAKER = "super(", ").__init__"


class Making(Struct, frozen=True):
    """A call that makes an object, in its file. `typed` are the names in brackets behind the class."""

    file: FileFacts
    call: Call
    typed: tuple[str, ...]


class Classes:
    """Look-ups of the classes of a program."""

    def __init__(self, files: Mapping[str, FileFacts], resolver: Resolver) -> None:
        self._files = files
        self._resolver = resolver
        self._own = {path: {one.name: one for one in file.holders} for path, file in files.items() if file.holders}

    def own(self, path: str, name: str) -> Holder | None:
        """The class that a file has under a name."""
        return self._own.get(path, {}).get(name)

    def home(self, holder: Holder) -> FileFacts:
        return self._files[holder.span.path]

    def _find(self, name: str, file: FileFacts) -> Holder | None:
        own = self.own(file.path, name)
        places = self._resolver.definitions(file, name) if own is None else ()
        return own or next((one for other, inner in places if (one := self.own(other.path, inner)) is not None), None)

    # ------------------------------------------------------------------ lines
    @cached_property
    def _children(self) -> Mapping[Span, Sequence[Holder]]:
        found: dict[Span, list[Holder]] = {}
        for one in (one for own in self._own.values() for one in own.values()):
            for base in one.bases:
                parent = self._find(base, self.home(one))
                if parent is not None and parent.span != one.span:
                    found.setdefault(parent.span, []).append(one)
        return found

    def is_base(self, holder: Holder) -> bool:
        """Whether another class takes from it."""
        return holder.span in self._children

    def kinds(self, holder: Holder) -> list[Holder]:
        """A class and all that take from it."""
        found, pending = {holder.span: holder}, [holder]
        while pending:
            for one in self._children.get(pending.pop().span, ()):
                if one.span not in found:
                    found[one.span] = one
                    pending.append(one)
        return [found[span] for span in sorted(found)]

    def line(self, holder: Holder) -> list[Holder]:
        """A class and what it takes from, the strongest first."""
        found: dict[Span, Holder] = {}
        pending = [holder]
        while pending:
            one = pending.pop(0)
            if one.span not in found:
                found[one.span] = one
                bases = (self._find(base, self.home(one)) for base in one.bases)
                pending[:0] = [base for base in bases if base is not None]
        return list(found.values())

    # ------------------------------------------------------------------ calls
    @cached_property
    def _makings(self) -> Mapping[Span, Sequence[Making]]:
        found: dict[Span, list[Making]] = {}
        for file in self._files.values():
            for call in file.calls if file.role != "test" and file.language == "python" else ():
                callee, _, inner = call.callee.partition("[")
                is_class = callee.rpartition(".")[2].lstrip("_")[:1].isupper()
                if is_class and (made := self._find(callee, file)) is not None:
                    typed = tuple(inner.rstrip("]").split(",")) if inner else ()
                    found.setdefault(made.span, []).append(Making(file, call, typed))
        return found

    def makings(self, holder: Holder) -> Sequence[Making]:
        """The calls that make an object of just this class."""
        return self._makings.get(holder.span, ())

    @cached_property
    def _supers(self) -> Mapping[Span, Sequence[Call]]:
        found: dict[Span, list[Call]] = {}
        for call in (call for path in self._own for call in self._files[path].calls):
            if call.callee.startswith(_SUPER) and call.callee.endswith(_MAKER) and call.function is not None:
                found.setdefault(call.function, []).append(call)
        return found

    def supers(self, maker: Span) -> Sequence[Call]:
        """The calls of the constructor of what a class takes from, in its own constructor."""
        return self._supers.get(maker, ())
