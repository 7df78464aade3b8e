"""The keys that tie two tables of models together.

What comes in: tables with their keys as text, and what a library's relation says. What goes out: pairs of columns. A relation whose columns the code does not
name follows the one key between the two tables; where there are several, nobody knows. This module does not know libraries.
"""

from collections.abc import Iterable, Iterator, Mapping
from typing import Protocol

from msgspec import Struct

from analyzer.facts.entity import Attribute, Relation
from analyzer.facts.part.written import IdentifierPart, LiteralPart
from analyzer.facts.text import Text

Pairs = tuple[tuple[str, str], ...]
PRIMARY = "PRIMARY KEY"
_REFERENCES = "REFERENCES"


class Column(Protocol):
    @property
    def attribute(self) -> Attribute: ...

    @property
    def column(self) -> str: ...


class Keyed(Protocol):
    """A table of a model."""

    @property
    def attributes(self) -> Mapping[str, Column]: ...

    @property
    def clauses(self) -> tuple[Text, ...]: ...

    @property
    def words(self) -> tuple[str, ...]: ...

    @property
    def key(self) -> tuple[str, ...]: ...


class ForeignKey(Struct, frozen=True):
    columns: tuple[str, ...]
    table: tuple[str, ...]
    target: tuple[str, ...]


def primary_key(attributes: Mapping[str, Column], clauses: Iterable[Text]) -> tuple[str, ...]:
    """The columns of a table's primary key, where the model says them."""
    own = [one.column for one in attributes.values() if PRIMARY in one.attribute.definition.skeleton.upper()]
    listed = next((clause for clause in clauses if PRIMARY in clause.skeleton.upper()), None)
    if own or listed is None:
        return tuple(own)
    names = [part.words[-1] for part in listed.parts if isinstance(part, IdentifierPart)]
    known = {one.column for one in attributes.values()}
    return tuple(name for name in names if name in known)


def foreign_keys(table: Keyed) -> Iterator[ForeignKey]:
    """Keys of a table: those that stand behind a column, those that stand by themselves."""
    for one in table.attributes.values():
        yield from _read(one.attribute.definition, (one.column,))
    for clause in table.clauses:
        yield from _read(clause, ())


def _read(text: Text, columns: tuple[str, ...]) -> Iterator[ForeignKey]:
    own, target, table = list(columns), list[str](), tuple[str, ...]()
    behind = is_name = False
    for part in text.parts:
        if isinstance(part, LiteralPart):
            if target and ")" in part.value:
                break
            behind = behind or _REFERENCES in part.value.upper()
            is_name = part.value.upper().rstrip().endswith("CONSTRAINT")
        elif isinstance(part, IdentifierPart) and not is_name:
            if not behind:
                own.append(part.words[-1])
            elif not table:
                table = part.words
            else:
                target.append(part.words[-1])
    if behind and table and own:
        yield ForeignKey(tuple(own), table, tuple(target))


def between(source: Keyed, target: Keyed) -> list[Pairs]:
    """Every key of one table that leads to another, as pairs of columns."""
    found: list[Pairs] = []
    for key in foreign_keys(source):
        columns = key.target or target.key
        if key.table == target.words and len(columns) == len(key.columns):
            found.append(tuple(zip(key.columns, columns, strict=True)))
    return list(dict.fromkeys(found))


def pairs(relation: Relation, source: Keyed, target: Keyed) -> Pairs:
    """(column of the source, column of the target) of each row that a relation leads to; () where nobody knows."""
    if relation.pairs:
        known = [(_column(source, ours), _column(target, theirs)) for ours, theirs in relation.pairs]
        return tuple(known) if all(ours and theirs for ours, theirs in known) else ()
    if relation.through:
        return ()
    forth, back = between(source, target), [_turned(one) for one in between(target, source)]
    if relation.many or not forth:
        return back[0] if len(back) == 1 else ()
    return forth[0] if len(forth) == 1 else ()


def _column(table: Keyed, attribute: str) -> str:
    """The column of an attribute; that of the primary key, where it is one, for no name; "" where there is none."""
    if not attribute:
        return table.key[0] if len(table.key) == 1 else ""
    found = table.attributes.get(attribute)
    return found.column if found is not None else ""


def tie(source: Keyed, target: Keyed) -> Pairs:
    """The one key between two tables, whichever has it."""
    found = [*between(source, target), *(_turned(one) for one in between(target, source))]
    return found[0] if len(found) == 1 else ()


def _turned(found: Pairs) -> Pairs:
    return tuple((theirs, ours) for ours, theirs in found)
