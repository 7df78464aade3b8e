"""Functions, calls and loops, with the origins of what they pass: enough to follow a value through a program.

This module does not know what a call does.
"""

from typing import Literal

from msgspec import Struct

from analyzer.facts.model import HostType
from analyzer.facts.origin import Origin
from analyzer.facts.source import Span
from analyzer.facts.text import Text

LoopKind = Literal["for", "while", "comprehension", "callback"]
Fate = Literal["stops", "filtered", "ignored"]


class Parameter(Struct, frozen=True):
    """`type` is the annotation's text, `host` the same as a HostType where the language module reads it.

    `name` is "" for a parameter that is taken apart by a pattern; `names` are then what the pattern binds.
    """

    name: str
    type: str = ""
    host: HostType = HostType("")
    names: tuple[str, ...] = ()


class Returned(Struct, frozen=True):
    """A text that a function may return, or the entry `field` of an object that it may return."""

    text: Text
    field: str = ""


class Function(Struct, frozen=True):
    """`name` is as written, `qualified` has the class or impl type before it (`Repo.find`); "" for an anonymous function.

    `span` is the whole definition. `parameters` leave out self. `returns` are the texts it may return, where any of them is known in part.
    """

    span: Span
    name: str
    qualified: str
    parameters: tuple[Parameter, ...] = ()
    owner: str = ""
    returns: tuple[Returned, ...] = ()


class HandedValue(Struct, frozen=True):
    """An entry of an object that is a plain string for sure. `span` is the value's."""

    key: str
    span: Span
    value: str


class HandedRow(Struct, frozen=True):
    """An object that a call is given at a position, or one of the list that it is given: those of its entries that are plain strings."""

    position: int
    values: tuple[HandedValue, ...]


class Call(Struct, frozen=True):
    """`callee` is the callee's source text with white space folded (`self.repo.find`), `arguments` in source order.

    `texts` are those arguments, by position, that begin like SQL, are named constants of another file or what a function gives: what the
    callee does with them is for the program to find out, and so it is of the objects in `rows`. `keywords` is True where arguments are passed by
    name or spread; `names` are then those names, by position: "" without one, "*" for what is spread.

    `fate` is what happens when it fails: what comes behind it is not run ("stops"), is run ("ignored"), or is run after some failures only,
    told apart by their message or code ("filtered"). "ignored" is also a handler that returns and does not pass the failure on. `tolerated`
    are the words a filter tells failures apart by: parts of messages, codes, classes. `guarded` is True in a branch of its function that
    need not run.
    """

    span: Span
    callee: str
    arguments: tuple[Origin, ...] = ()
    texts: tuple[tuple[int, Text], ...] = ()
    function: Span | None = None
    loops: tuple[Span, ...] = ()
    fate: Fate = "stops"
    guarded: bool = False
    keywords: bool = False
    names: tuple[str, ...] = ()
    tolerated: tuple[str, ...] = ()
    rows: tuple[HandedRow, ...] = ()


class Loop(Struct, frozen=True):
    """A loop, comprehension, or a callback that runs once an element (`map`, `forEach`, `gather` over a generator).

    `variables` are the names bound for each turn. `over` is where the sequence comes from, `over_text` its source text.
    `items` is the number of elements where the sequence is a literal, else None. `function` is the enclosing function.
    """

    span: Span
    kind: LoopKind
    variables: tuple[str, ...]
    over: Origin
    over_text: str
    items: int | None = None
    function: Span | None = None
    loops: tuple[Span, ...] = ()
