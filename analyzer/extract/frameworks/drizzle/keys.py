"""Keys, checks and indexes of a Drizzle table, with the names that drizzle-kit gives them.

What comes in: steps of a column, and the third argument of a table. What goes out: Texts that stand in CREATE TABLE, and CREATE INDEX by itself. Source:
drizzle-kit 0.31, whose migrations of the corpora are recorded. This module does not know columns' types.
"""

from collections.abc import Iterator, Sequence

from tree_sitter import Node

from analyzer.extract.building import Builder
from analyzer.extract.frameworks.drizzle.chains import Chain, Step, chain, entries, literal, result, values
from analyzer.extract.frameworks.drizzle.frames import (
    Frame,
    column_of,
    columns_of,
    expression,
    key,
    option,
    referenced,
    taken,
)
from analyzer.extract.frameworks.drizzle.names import named
from analyzer.extract.texts import text_of
from analyzer.facts.part import Part
from analyzer.facts.part.definitions import CompoundPart, Word
from analyzer.facts.part.entities import ColumnPart, TablePart
from analyzer.facts.part.written import LiteralPart
from analyzer.facts.text import Text

_ACTIONS = {"onDelete": "DELETE", "onUpdate": "UPDATE"}


def keys_of(name: str, steps: tuple[Step, ...], frame: Frame) -> Iterator[Text]:
    """UNIQUE and FOREIGN KEY of one column."""
    for step in steps:
        if step.name == "unique":
            yield _unique(name, step, frame)
        elif step.name == "references" and step.arguments:
            target = referenced(step.arguments[0], frame)
            actions = [
                (on, str(done)) for given, on in _ACTIONS.items() if (done := option(step, given, frame)) is not None
            ]
            yield foreign_key(step.node, [("", name)], [target] if target is not None else None, actions, frame)


def _unique(name: str, step: Step, frame: Frame) -> Text:
    span = frame.span(step.node)
    nulls = " NULLS NOT DISTINCT" if option(step, "nulls", frame) == "not distinct" else ""
    given = step.arguments[0] if step.arguments else None
    made: list[Part] = [LiteralPart("CONSTRAINT ", span, ())]
    made += constraint_name(given, [TablePart(span, ""), key("", name, span), LiteralPart("unique", span, ())], frame)
    made += [LiteralPart(f" UNIQUE{nulls} (", span, ()), key("", name, span), LiteralPart(")", span, ())]
    return Text(span, tuple(made))


def constraint_name(given: Node | None, words: list[Word], frame: Frame) -> list[Part]:
    """The name that is written, else what drizzle-kit puts together."""
    name = literal(given, frame.scope)
    if given is not None and isinstance(name, str) and name:
        return [CompoundPart(frame.span(given), (LiteralPart(name, frame.span(given), ()),))]
    return [CompoundPart(words[0].span, tuple(words))]


def foreign_key(
    node: Node,
    columns: list[tuple[str, str]],
    targets: list[tuple[str, str]] | None,
    actions: list[tuple[str, str]],
    frame: Frame,
    name: Node | None = None,
) -> Text:
    """FOREIGN KEY with its actions; a hole where nobody knows the target."""
    span = frame.span(node)
    builder = Builder(frame.scope)
    tables: list[TablePart] = [TablePart(span, targets[0][0])] if targets else []
    keys: list[ColumnPart] = [key(*one, span) for one in targets or ()]
    if targets:
        words: list[Word] = [TablePart(span, ""), *(key(*one, span) for one in columns), *tables, *keys]
        builder.say("CONSTRAINT ", node)
        builder.put(*constraint_name(name, [*words, LiteralPart("fk", span, ())], frame))
        builder.say(" ", node)
    builder.say("FOREIGN KEY (", node)
    builder.put(*separated([key(*one, span) for one in columns]))
    builder.say(") REFERENCES ", node)
    if targets:
        builder.put(*tables)
        builder.say(" (", node)
        builder.put(*separated(keys))
        builder.say(")", node)
    else:
        builder.unknown(node)
    builder.say("".join(f" ON {on} {done}" for on, done in actions), node)
    return builder.text(node)


def separated(parts: Sequence[Part]) -> Iterator[Part]:
    """A list with commas."""
    for at, part in enumerate(parts):
        if at:
            yield LiteralPart(", ", part.span, ())
        yield part


def elements(function: Node, frame: Frame) -> tuple[list[Text], list[Text]]:
    """What the third argument says: texts inside of CREATE TABLE, and statements behind it."""
    inner = taken(frame, function)
    body = result(function, frame.scope)
    clauses: list[Text] = []
    statements: list[Text] = []
    for value in values(body, frame.scope) if body is not None else ():
        links = chain(value, frame.scope)
        known = named(links.callee, frame.scope) if links.callee is not None else None
        match known.name if known is not None else "":
            case "index" | "uniqueIndex" as kind:
                statements.append(_index(links, inner, unique=kind == "uniqueIndex"))
            case "unique" | "primaryKey" as kind:
                clauses += _over(kind, links, inner)
            case "foreignKey":
                clauses.append(_foreign(links, inner))
            case "check" if len(links.arguments) == 2:
                clauses.append(_check(links, inner))
            case _:
                pass
    return clauses, statements


def _option_node(links: Chain, name: str) -> Node | None:
    found = (entry for one in links.arguments if one.type == "object" for entry in entries(one))
    return next((value for known, _, value in found if known == name), None)


def _step(links: Chain, name: str) -> Step | None:
    return next((step for step in links.steps if step.name == name), None)


def _over(kind: str, links: Chain, frame: Frame) -> Iterator[Text]:
    """`unique("name").on(a, b)` and `primaryKey({ columns: [a, b] })`, also with the columns as arguments."""
    listed = _option_node(links, "columns")
    on = _step(links, "on")
    nodes = on.arguments if on is not None else values(listed, frame.scope) if listed is not None else links.arguments
    columns = columns_of(nodes, frame)
    if columns is None:
        return
    first = links.arguments[0] if links.arguments and kind == "unique" else _option_node(links, "name")
    span = frame.span(links.root)
    parts = [key(*one, span) for one in columns]
    nulls = " NULLS NOT DISTINCT" if _step(links, "nullsNotDistinct") is not None else ""
    last = "unique" if kind == "unique" else "pk"
    made: list[Part] = [LiteralPart("CONSTRAINT ", span, ())]
    made += constraint_name(first, [TablePart(span, ""), *parts, LiteralPart(last, span, ())], frame)
    made.append(LiteralPart(f" UNIQUE{nulls} (" if kind == "unique" else " PRIMARY KEY (", span, ()))
    yield Text(span, (*made, *separated(parts), LiteralPart(")", span, ())))


def _foreign(links: Chain, frame: Frame) -> Text:
    own, theirs = _option_node(links, "columns"), _option_node(links, "foreignColumns")
    columns = columns_of(values(own, frame.scope), frame) if own is not None else None
    targets = columns_of(values(theirs, frame.scope), frame) if theirs is not None else None
    name = _option_node(links, "name")
    return foreign_key(links.root, columns or [], targets, _actions(links, frame), frame, name)


def _actions(links: Chain, frame: Frame) -> list[tuple[str, str]]:
    found = []
    for step in links.steps:
        action = literal(step.arguments[0], frame.scope) if step.name in _ACTIONS and step.arguments else None
        if isinstance(action, str):
            found.append((_ACTIONS[step.name], action))
    return found


def _check(links: Chain, frame: Frame) -> Text:
    builder = Builder(frame.scope)
    span = frame.span(links.root)
    builder.say("CONSTRAINT ", links.root)
    builder.put(*constraint_name(links.arguments[0], [TablePart(span, ""), LiteralPart("check", span, ())], frame))
    builder.say(" CHECK (", links.root)
    expression(builder, links.arguments[1], frame)
    builder.say(")", links.root)
    return builder.text(links.root)


def _index(links: Chain, frame: Frame, *, unique: bool) -> Text:
    """CREATE INDEX; PostgreSQL's method stands before the columns."""
    builder = Builder(frame.scope)
    span = frame.span(links.root)
    on = next((step for step in links.steps if step.name in ("on", "onOnly")), None)
    using = _step(links, "using")
    given = on.arguments if on is not None else using.arguments[1:] if using is not None else ()
    words: list[Word] = [TablePart(span, "")]
    words += [key(*found, span) for node in given if (found := _ordered(node, frame)[0]) is not None]
    builder.say(f"CREATE {'UNIQUE ' if unique else ''}INDEX ", links.root)
    first = links.arguments[0] if links.arguments else None
    builder.put(*constraint_name(first, [*words, LiteralPart("index", span, ())], frame))
    builder.say(" ON ", links.root)
    builder.put(TablePart(span, ""))
    method = literal(using.arguments[0], frame.scope) if using is not None and using.arguments else None
    if method is not None and frame.dialect != "mysql":
        builder.say(f" USING {method}", links.root)
    builder.say(" (", links.root)
    for at, one in enumerate(given):
        if at:
            builder.say(", ", one)
        _indexed(builder, one, frame)
    builder.say(")", links.root)
    where = _step(links, "where")
    if where is not None and where.arguments:
        builder.say(" WHERE ", where.node)
        expression(builder, where.arguments[0], frame)
    return builder.text(links.root)


def _indexed(builder: Builder, node: Node, frame: Frame) -> None:
    """A column or expression of an index, with its order."""
    links = chain(node, frame.scope)
    callee = links.callee
    known = named(callee, frame.scope) if callee is not None else None
    if known is not None and known.name in ("asc", "desc") and links.arguments:
        # As a function it is SQL of its own: NULLs lie where the engine puts them.
        expression(builder, links.arguments[0], frame)
        builder.say(" DESC" if known.name == "desc" else "", node)
        return
    found, steps = _ordered(node, frame)
    if found is None:
        expression(builder, node, frame)
        return
    builder.put(key(*found, frame.span(node)))
    operator = literal(steps["op"].arguments[0], frame.scope) if "op" in steps and steps["op"].arguments else None
    if operator is not None:
        builder.say(f" {operator}", node)
    if frame.dialect != "postgres":
        builder.say(" DESC" if "desc" in steps else "", node)
    elif "desc" in steps:
        builder.say(" DESC NULLS FIRST" if "nullsFirst" in steps else " DESC NULLS LAST", node)
    elif "nullsFirst" in steps:
        builder.say(" NULLS FIRST", node)


def _ordered(node: Node, frame: Frame) -> tuple[tuple[str, str] | None, dict[str, Step]]:
    """The column of `t.age.desc().nullsFirst()`, and its steps by name."""
    links = chain(node, frame.scope)
    steps = {step.name: step for step in links.steps}
    if links.callee is None:
        return column_of(links.root, frame), steps
    # The first call is made on the column.
    target, method = links.callee.child_by_field_name("object"), links.callee.child_by_field_name("property")
    if target is None or method is None:
        return None, steps
    return column_of(target, frame), {text_of(method): Step(text_of(method), method, links.arguments), **steps}
