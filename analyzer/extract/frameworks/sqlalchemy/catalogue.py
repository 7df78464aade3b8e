"""`types.toml` as values: what the DDL compilers write for a type of SQLAlchemy.

What comes in: the table beside this module, a dotted path, arguments. What goes out: the words of each engine. This module does not know the source
that the arguments stand in.
"""

import re
import tomllib
from collections.abc import Iterator, Mapping
from functools import cache
from importlib.resources import files

import msgspec
from msgspec import Struct

from analyzer.extract.frameworks.sqlalchemy.words import Spoken, Words
from analyzer.facts.part import Part

# Packages that hand SQLAlchemy's own types on.
_FACADES = frozenset({"sqlalchemy", "sqlmodel", "flask_sqlalchemy"})
_GENERIC = "sqlalchemy"
_PIECE = re.compile(
    r"<(?P<flag>\w+):(?P<yes>[^|>]*)\|(?P<no>[^>]*)>|\{(?P<name>\w+)\}|(?P<open>\[(?!\]))|(?P<close>\](?!\]))"
)


class Row(Struct, frozen=True, forbid_unknown_fields=True):
    """A type: positional parameters, the text of each engine, and flags that are set where nothing is said; `lacking` is MySQL's without a length."""

    takes: tuple[str, ...] = ()
    postgres: str | None = None
    sqlite: str | None = None
    mysql: str | None = None
    all: str | None = None
    like: str = ""
    serial: str = ""
    lacking: str = ""
    flags: Mapping[str, bool] = {}

    def spoken(self, given: Mapping[str, Words], flags: Mapping[str, bool]) -> Spoken:
        """What each engine is told with these arguments."""
        flags = {**self.flags, **flags}
        mysql = self.lacking if self.lacking and "length" not in given else self.mysql
        texts = (self.postgres or self.all, self.sqlite or self.all, mysql or self.all)
        return Spoken(*(_filled(text, given, flags) if text is not None else None for text in texts))


@cache
def modules() -> Mapping[str, Mapping[str, Row]]:
    table = tomllib.loads((files("analyzer") / "extract/frameworks/sqlalchemy/types.toml").read_text("utf-8"))
    return msgspec.convert(table["modules"], dict[str, dict[str, Row]])


def row(path: str) -> Row | None:
    """The row of a dotted path: of the module that comes closest, else of SQLAlchemy's own types."""
    module, _, name = path.rpartition(".")
    near = [key for key in modules() if module == key or module.startswith(f"{key}.")]
    if not near and module.partition(".")[0] in _FACADES:
        near = [_GENERIC]
    if near and module.partition(".")[0] in _FACADES:
        near.append(_GENERIC)
    for key in sorted(near, key=len, reverse=True):
        found = modules()[key].get(name)
        if found is not None:
            return modules()[key][found.like] if found.like else found
    return None


def _filled(text: str, given: Mapping[str, Words], flags: Mapping[str, bool]) -> Words | None:
    """A text with its arguments; None where one is missing that it cannot do without."""
    # What is inside of brackets is a frame of its own: left out as a whole where something in it is missing.
    frames: list[tuple[list[str | Part], bool]] = [([], True)]
    for kind, piece in _pieces(text):
        words, whole = frames[-1]
        if kind == "text":
            words.append(piece)
        elif kind == "flag":
            name, yes, no = piece.split("\0")
            words.append(yes if flags.get(name, False) else no)
        elif kind == "name":
            words.extend(given.get(piece, ()))
            frames[-1] = (words, whole and piece in given)
        elif kind == "open":
            frames.append(([], True))
        elif len(frames) > 1:
            frames.pop()
            if whole:
                frames[-1][0].extend(words)
    words, whole = frames[0]
    return tuple(words) if whole else None


def _pieces(text: str) -> Iterator[tuple[str, str]]:
    at = 0
    for match in _PIECE.finditer(text):
        if match.start() > at:
            yield "text", text[at : match.start()]
        at = match.end()
        if match["flag"]:
            yield "flag", f"{match['flag']}\0{match['yes']}\0{match['no']}"
        elif match["name"]:
            yield "name", match["name"]
        else:
            yield ("open", "") if match["open"] else ("close", "")
    if at < len(text):
        yield "text", text[at:]
