"""What single calls of Diesel's chains add to a statement, beside its source, its joins and its conditions.

What comes in: a Statement under way and the arguments of one call. What goes out: the clause, in the Statement. Sources: docs.rs/diesel, `QueryDsl`,
`upsert`. This module does not know what stands in front of the call.
"""

from tree_sitter import Node

from analyzer.extract.frameworks.diesel import names, writes
from analyzer.extract.frameworks.diesel.statement import Reader, Statement, place_of
from analyzer.facts.origin import UnknownOrigin
from analyzer.facts.part import Part
from analyzer.facts.part.written import HolePart, NamePart

# What `User::query()` begins with.
_BASE = ".query.#from"


def add(reader: Reader, made: Statement, node: Node, name: str, given: list[Node]) -> None:
    match name:
        case "distinct":
            made.distinct = (made.say("DISTINCT "),)
        case "distinct_on" if given:
            made.distinct = (made.say("DISTINCT ON ("), *reader.sql(given[0]), made.say(") "))
        case "count":
            made.selected = (made.say("COUNT(*)"),)
        case "for_update" | "for_no_key_update" | "for_share" | "for_key_share":
            made.locks = True
        case "values" if given and made.verb in ("insert", "replace", "ignore"):
            writes.values(reader, made, given[0])
        case "default_values":
            made.defaults = True
        case "into_columns" if given:
            made.columns = writes.keys(reader, given[0])
        case "set_null" if given:
            made.sets[place_of(node)] = (*writes.keys(reader, given[0]), made.say(" = NULL"))
        case "set" if given:
            writes.assign(reader, made, given[0], place_of(node))
        case "on_conflict" | "on_conflict_on_constraint" if given:
            target = writes.keys(reader, given[0]) if name == "on_conflict" else ()
            known = target and not any(isinstance(part, HolePart) for part in target)
            made.conflict = (made.say(" ("), *target, made.say(")")) if known else ()
            made.does = made.does or (made.say("DO NOTHING"),)
        case "filter_target" if given and made.conflict:
            made.conflict = (*made.conflict, made.say(" WHERE "), *reader.sql(given[0]))
        case "do_nothing" | "on_conflict_do_nothing":
            made.does = (made.say("DO NOTHING"),)
        case "do_update":
            made.does = None
            made.conflict = made.conflict or (made.say(""),)
        case "returning" if given:
            made.returned = reader.sql(given[0])
        case "sql" if given and made.raw is not None:
            made.raw = (*made.raw, *reader.scope.text(given[0]).parts)


def find(reader: Reader, made: Statement, node: Node, given: Node) -> None:
    """The primary key's columns, each with its value."""
    inner, parts = names.plain(given), list[Part]()
    values = names.listed(inner) if inner.type == "tuple_expression" else [inner]
    for at, one in enumerate(values if made.others else ()):
        key = NamePart(f"{made.others[0]}.#key.{at}", reader.scope.structure.span(one))
        parts += [made.say(" AND " if at else ""), key, made.say(" = "), *reader.value(one)]
    first = made.source[0] if made.source else None
    if not parts and isinstance(first, NamePart) and first.name.endswith(_BASE):
        parts = [
            NamePart(f"{first.name.removesuffix(_BASE)}.#key.0", made.span),
            made.say(" = "),
            *reader.value(inner),
        ]
    made.filters[place_of(node)] = tuple(parts) or (HolePart(made.span, UnknownOrigin()),)
