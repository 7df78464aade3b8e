"""placeholder-mismatch. What comes in: a query. What goes out: a finding where its placeholders and its arguments differ."""

from collections.abc import Iterator

from analyzer.findings import Finding, Repair
from analyzer.link.graph import ReferenceGraph
from analyzer.link.linked import LinkedQuery
from analyzer.rules.rule import rule

_MARKS = ("?", "%s", "%(", ":", "@", "$")


@rule("error")
def placeholder_mismatch(query: LinkedQuery, graph: ReferenceGraph) -> Iterator[Finding]:
    """Placeholders and bound arguments differ in number or name.

    **Why** The driver or the database refuses the statement, or binds NULL where a value was meant.

    **Example** corpora/placeholder-mismatch

    **Limits** Said only where the whole text and the whole list of arguments stand in the source: a spread, a list built elsewhere, or
    a later bind silences it. A placeholder used twice counts once where the driver numbers or names it.

    **Fix** Bind one value for each placeholder.
    """
    # Which branch of the arguments goes with which branch of the text is not known.
    message = _mismatch(query)
    if message and all(_mismatch(other) for other in graph.texts(query)):
        yield Finding(
            span=query.query.text.span,
            message=message,
            schema=query.schema or None,
            symbol=query.symbol or None,
            group=f"placeholder-mismatch:{query.query.span.path}:{query.symbol}",
            repair=Repair("bind one value for each placeholder"),
        )


def _mismatch(query: LinkedQuery) -> str:
    """What is wrong, "" where nothing is or where not everything is known."""
    arguments = query.query.arguments
    if arguments is None or not arguments.complete or query.query.operation != "statement":
        return ""
    if not query.query.text.is_complete or len(query.resolution.statements) != 1 or query.problems:
        return ""
    named_arguments = {value.name for value in arguments.values if value.name is not None}
    names = {parameter.name for parameter in query.parameters if parameter.name is not None}
    if named_arguments:
        return _named(names, {str(name) for name in named_arguments})
    if names:
        return ""
    expected = max((parameter.position for parameter in query.parameters), default=0)
    # Marks of another style than the driver's: something on the way rewrites them.
    if not expected and any(mark in query.sql for mark in _MARKS):
        return ""
    return _counted(expected, len(arguments.values))


def _named(names: set[str], bound: set[str]) -> str:
    """Surplus names are harmless to most drivers; a name nobody binds is not."""
    missing = sorted(names - bound)
    quoted = ", ".join(f'"{name}"' for name in missing)
    return f"nothing is bound to placeholder {quoted}" if missing else ""


def _counted(expected: int, bound: int) -> str:
    if expected == bound:
        return ""
    if bound < expected:
        return f"nothing is bound to placeholder {bound + 1}"
    return f"argument {expected + 1} has no placeholder"
