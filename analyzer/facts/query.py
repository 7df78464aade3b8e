"""Query sites: where a text reaches a database, with what is bound to it and what is expected back.

This module does not know SQL: whether the text parses, and what it names, is decided later.
"""

from typing import Literal

from msgspec import Struct

from analyzer.facts.call import Fate
from analyzer.facts.model import Field, HostType
from analyzer.facts.origin import Origin
from analyzer.facts.source import Span
from analyzer.facts.text import Text

Operation = Literal["statement", "script", "many", "prepare"]
ParamStyle = Literal["numeric", "qmark", "named", "pyformat", "any", "none"]


class Argument(Struct, frozen=True):
    """A bound value. `name` is set for named parameters (without the sigil); `type` is nameless where nobody wrote one.

    `path` are the fields and methods that lead from a value of that type to the bound one: `user.email.as_ref()` of a User.
    """

    span: Span
    origin: Origin
    name: str | None = None
    type: HostType = HostType("")
    path: tuple[str, ...] = ()


class Arguments(Struct, frozen=True):
    """What is bound to a query. `complete` is False where a spread, an unknown list or a later bind may add more."""

    values: tuple[Argument, ...] = ()
    complete: bool = True


class Row(Struct, frozen=True):
    """What a site expects of a row.

    Either `model` names a type to resolve, or `fields` lists what is expected. `by` says whether fields meet columns by name
    or by position: the first field is the first column; "index" is by the number, from 0, that a field has as its `column`. `strict` is True
    where the driver refuses a row that lacks a field; `framework`, where set, must be the model's: a row that is read by hand says nothing by its
    fields. Where both `model` and `fields` are there, `fields` say which column each field of the model takes.

    `reads` are columns the code takes from the row one by one, whatever its type: `column` is a name, or a number from 0. `arity` is the
    number of names it takes the row apart into, at `arity_span`.
    """

    span: Span
    by: Literal["name", "position", "index"]
    model: str | None = None
    fields: tuple[Field, ...] = ()
    strict: bool = True
    scalar: bool = False
    framework: str = ""
    reads: tuple[Field, ...] = ()
    arity: int | None = None
    arity_span: Span | None = None


class Lack(Struct, frozen=True):
    """An attribute that code names and its entity does not have. `entity` is the entity's name, `table` what it stands for, `known` what it has."""

    span: Span
    attribute: str
    entity: str
    table: str
    defined: Span
    known: tuple[str, ...] = ()


class RelationRead(Struct, frozen=True):
    """Attributes that code reads of each element of a query's rows, one behind the other, once a turn of `loop`. `entity` is what the rows are of."""

    span: Span
    loop: Span
    entity: str
    path: tuple[str, ...]


class TakenRow(Struct, frozen=True):
    """Parameter `index` of the enclosing function is a row of `entity`, or a list of them, that the site writes as it is: its entries are attributes.

    `settled` are those that the function sets or asks for itself. `table` is what the database calls the entity, `columns` pairs its other attributes
    with their columns, once the program knows them.
    """

    index: int
    entity: str
    settled: tuple[str, ...] = ()
    table: str = ""
    columns: tuple[tuple[str, str], ...] = ()


class Query(Struct, frozen=True):
    """One site. `span` is the call; `text.span` the SQL expression; `function` the enclosing Function's span.

    `arguments` is None where the site does not show them (a prepared statement bound elsewhere). `loops` are the enclosing
    loops of the function, outermost first. `operation`: "script" may hold several statements, "many" runs once for each set
    of arguments, "prepare" only compiles. `checked` is True where the build already checks the text against a database.
    `dialect_hint` is what the driver speaks, "" where it speaks several. `fate`, `guarded` and `tolerated` are those of a Call.

    A site that may run several texts is several queries of one `span`. `certain` is False where this one may never run: as a
    combination of independent branches, or because nobody knows whether what it leaves out is ever left out.

    `built` is True where a library makes the SQL of calls: `text` is then what we make of them, `why` why it could not be made ("" where it
    could), and `lacking` are attributes that no entity has. `among` says which one it is of several queries that a site is, one for each of the
    entities that a name may stand for; "" where there is but one. `only` names an entity without which the site is no query at all: `cache.delete(key)`.
    `touched` is what is read of its rows in loops, `eager` the paths of relations that it is told to load, or never to load: "*" in the place of a
    name is every relation there. `taken` are parameters that it writes as rows.
    """

    span: Span
    text: Text
    framework: str
    operation: Operation = "statement"
    arguments: Arguments | None = None
    row: Row | None = None
    handle: str = ""
    function: Span | None = None
    loops: tuple[Span, ...] = ()
    paramstyle: ParamStyle = "any"
    checked: bool = False
    dialect_hint: str = ""
    fate: Fate = "stops"
    guarded: bool = False
    certain: bool = True
    tolerated: tuple[str, ...] = ()
    built: bool = False
    why: str = ""
    among: str = ""
    lacking: tuple[Lack, ...] = ()
    only: str = ""
    touched: tuple[RelationRead, ...] = ()
    eager: tuple[tuple[str, ...], ...] = ()
    taken: tuple[TakenRow, ...] = ()
