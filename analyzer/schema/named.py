"""Views, enums and domains of two schemas.

What comes in: two schemas of one dialect. What goes out: Differences. Of a view its columns count, not its text. This module does not know tables.
"""

from collections.abc import Iterator, Mapping

from analyzer.catalog.named import NamedType
from analyzer.catalog.schema import Schema
from analyzer.catalog.table import Table
from analyzer.facts.source import Span
from analyzer.schema.differences import Difference, DifferenceKind
from analyzer.sql.canonical import canonical
from analyzer.sql.canonical.types import exact_type

_Object = tuple[object, str, Span, str]


def views(left: Schema, right: Schema) -> Iterator[Difference]:
    """Views that one side lacks, and those with other columns where all are known."""
    sides = [{at: view for at, view in schema.tables.items() if _is_certain(view, schema)} for schema in (left, right)]
    for at in sorted(sides[0].keys() | sides[1].keys()):
        one, other = sides[0].get(at), sides[1].get(at)
        if one is not None and other is not None:
            yield from _columns(one, other)
        elif one is not None and at not in right.tables and not right.is_tainted(one.name):
            yield Difference("view", one.name, None, _words(one), None, one.defined, None, one.namespace, True)
        elif other is not None and at not in left.tables and not left.is_tainted(other.name):
            yield Difference("view", other.name, None, None, _words(other), None, other.defined, other.namespace, True)


def _is_certain(view: Table, schema: Schema) -> bool:
    return view.kind == "view" and view.certain and not schema.is_tainted(view.name)


def _columns(left: Table, right: Table) -> Iterator[Difference]:
    if left.closed and right.closed and _words(left) != _words(right):
        texts = _words(left), _words(right)
        yield Difference("view", left.name, None, *texts, left.defined, right.defined, left.namespace, True)


def _words(view: Table) -> str:
    kind = "materialized " if "materialized" in view.options else ""
    return f"{kind}({', '.join(column.name for column in view.columns)})"


def enums_and_domains(left: Schema, right: Schema) -> Iterator[Difference]:
    """By name; the order of an enum's values is how they compare."""
    if "*" in left.tainted | right.tainted:
        return
    yield from _each("enum", _enums(left), _enums(right))
    yield from _each("domain", _domains(left), _domains(right))


def _enums(schema: Schema) -> dict[str, _Object]:
    return {
        name: (enum.values, f"({', '.join(enum.values)})", enum.defined, enum.namespace)
        for name, enum in schema.enums.items()
    }


def _domains(schema: Schema) -> dict[str, _Object]:
    return {
        name: (_meaning(domain, schema), _domain_words(domain), domain.defined, domain.namespace)
        for name, domain in schema.types.items()
        if domain.base is not None
    }


def _meaning(domain: NamedType, schema: Schema) -> object:
    base = exact_type(domain.base.raw if domain.base else "", schema.dialect)
    types = {"value": base}
    checks = sorted(canonical(check.sql, schema.dialect, types) for check in domain.checks)
    return base, domain.not_null, canonical(domain.default or "", schema.dialect, target=base), tuple(checks)


def _domain_words(domain: NamedType) -> str:
    default = f" default {domain.default}" if domain.default is not None else ""
    checks = "".join(f" check ({check.sql})" for check in domain.checks)
    return f"{domain.base.raw if domain.base else ''}{' not null' if domain.not_null else ''}{default}{checks}"


def _each(kind: DifferenceKind, left: Mapping[str, _Object], right: Mapping[str, _Object]) -> Iterator[Difference]:
    for name in sorted(left.keys() | right.keys()):
        one, other = left.get(name), right.get(name)
        if one is None or other is None or one[0] != other[0]:
            texts = one[1] if one else None, other[1] if other else None
            places = one[2] if one else None, other[2] if other else None
            yield Difference(kind, name, None, *texts, *places, (one or other or ("", "", None, ""))[3], True)
