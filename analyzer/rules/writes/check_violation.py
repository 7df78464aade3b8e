"""check-violation. What comes in: a query. What goes out: a finding for each constant that a CHECK, a domain or an enumeration refuses."""

from collections.abc import Iterator

from analyzer.catalog.allowed import Constant, Refusal, check_refusal, enum_refusal
from analyzer.catalog.names import nearest
from analyzer.catalog.schema import Schema
from analyzer.findings import Evidence, Finding, Repair
from analyzer.link.drift import Refused, refused_members
from analyzer.link.graph import ReferenceGraph
from analyzer.link.linked import LinkedQuery
from analyzer.link.writes import PlacedValue
from analyzer.rules.rule import rule

_NAMED, _LONG = 8, 60
_VERBS = {"write": "written to", "filter": "compared with", "read": "read from"}


@rule("error")
def check_violation(query: LinkedQuery, graph: ReferenceGraph) -> Iterator[Finding]:
    """A constant that the code writes, or a member of an enum whose values it writes, fails a CHECK, a domain or an enumeration.

    **Why** The row is refused every time. PostgreSQL refuses a label that an enumeration lacks in a WHERE as well: a constant there counts.

    **Example** corpora/check-violation

    **Limits** Lists of values, and comparisons of a number or a length with constants; a check that says anything else says nothing here. NULL
    passes. Constants are literals in the statement, literals that are bound to it, and strings of objects that callers hand to a function which writes
    them as they are (Drizzle): there a method of one word on an unknown object counts for nothing. Values that later migrations add count; a column that
    a trigger may fill is left out, and so are OR IGNORE and INSERT IGNORE.

    **Fix** Write an allowed value, or allow this one in a migration.
    """
    schema = graph.schema(query.schema)
    if schema is None:
        return
    for refused in refused_members(query, graph) if not graph.is_test(query.query.span) else ():
        yield _of_member(refused)
    for write in query.writes:
        insert = write.write.verb == "insert"
        for value in write.values if write.table.kind == "table" and not write.write.ignores else ():
            if not write.table.is_filled(value.column, insert=insert) and (refusal := _refusal(value, schema)):
                yield _finding(value, refusal, query)
    for value in query.compared if schema.dialect == "postgres" else ():
        if refusal := _label(value, schema):
            yield _finding(value, refusal, query)


def _refusal(value: PlacedValue, schema: Schema) -> Refusal | None:
    if value.kind != "constant" or not value.column.certain:
        return None
    constant = Constant(value.text, value.quoted)
    return _label(value, schema) or check_refusal(constant, value.table, value.column, schema)


def _label(value: PlacedValue, schema: Schema) -> Refusal | None:
    if value.kind != "constant" or not value.column.certain:
        return None
    type_ = value.type if value.type.family == "enum" else schema.column_type(value.column.type)
    return enum_refusal(Constant(value.text, value.quoted), type_, value.column, schema)


def _finding(value: PlacedValue, refusal: Refusal, query: LinkedQuery) -> Finding:
    text = value.text if len(value.text) < _LONG else f"{value.text[:_LONG]}..."
    shown = f"'{text}'" if value.quoted else text
    source = f"{value.table.name}.{value.column.name}"
    listed = ", ".join(refusal.values[:_NAMED]) + (", ..." if len(refusal.values) > _NAMED else "")
    near = nearest(value.text, refusal.values) if refusal.values else None
    meant = f' (did you mean "{near}"?)' if near else ""
    allows = f" allows {listed}" if listed and not refusal.by.startswith("CHECK") else " refuses it"
    return Finding(
        span=value.span,
        message=f'{shown} is {"written to" if value.written else "compared with"} column "{source}": {refusal.by}{allows}{meant}',
        schema=query.schema,
        table=value.table.name,
        column=value.column.name,
        symbol=query.symbol or None,
        group=f"check-violation:{query.schema}.{source}",
        evidence=(Evidence(refusal.defined, "the allowed values are defined here"),),
        repair=Repair("write an allowed value, or allow this one in a migration"),
    )


def _of_member(refused: Refused) -> Finding:
    """At the member, which every write of its set shares."""
    met, member, refuser = refused.met, refused.member, refused.refuser
    table, _, name = met.column.rpartition(".")
    of = f' of "{met.enumeration.name}"' if met.enumeration.name else ""
    listed = ", ".join(refuser.values[:_NAMED]) + (", ..." if len(refuser.values) > _NAMED else "")
    return Finding(
        span=member.span,
        message=f"'{member.value}'{of} is {_VERBS[met.role]} column \"{met.column}\", which allows {listed}",
        # A schema beside the one that the code reads may be of another age.
        severity="error" if met.schema == met.query.schema else "warning",
        confidence="high" if met.member is not None or met.enumeration.framework else "medium",
        schema=met.schema,
        table=table,
        column=name,
        group=f"check-violation:{met.schema}.{met.column}",
        evidence=(
            Evidence(refuser.defined, "the allowed values are defined here"),
            Evidence(met.site, "bound here"),
        ),
        repair=Repair("take the member out, or allow its value in a migration"),
    )
