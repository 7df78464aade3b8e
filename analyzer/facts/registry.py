"""Lists that a program goes through: statements, functions, or both with a name, in the order of the source.

Whether such a list is one of migrations, and what its functions do, is for the program to find out.
"""

from msgspec import Struct

from analyzer.facts.source import Span
from analyzer.facts.text import Text

# Before a mention that names a module by its path instead of a name of the file.
MODULE = "module:"


class Entry(Struct, frozen=True):
    """One element. `name` is the first string or number in it that is no statement ("" for none); `texts` are the statements that stand in
    it, `down` those that take back. `mentions` are names of what may be a function or a module, as written (`phase4::up`, `m001.up`).
    Calls and queries inside its span are its own, but for those inside `back`, which take back.
    """

    span: Span
    name: str = ""
    texts: tuple[Text, ...] = ()
    down: tuple[Text, ...] = ()
    mentions: tuple[str, ...] = ()
    back: tuple[Span, ...] = ()


class Registry(Struct, frozen=True):
    """A list, array or vector of at least one Entry. `name` is what it is bound to, "" for none; `function` the enclosing function;
    `call` the callee that takes it whole (`Migrations::new`), "" for none.
    """

    span: Span
    name: str
    entries: tuple[Entry, ...]
    function: Span | None = None
    call: str = ""
