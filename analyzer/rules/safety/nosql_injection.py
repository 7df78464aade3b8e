"""nosql-injection. What comes in: the graph. What goes out: a finding where what a client sends is a filter, or stands in one where an object would be an operator."""

from collections.abc import Iterator

from analyzer.findings import Finding, Repair
from analyzer.link.graph import ReferenceGraph
from analyzer.link.linked import LinkedQuery
from analyzer.link.requests import Requests, Sent
from analyzer.rules.errands import is_errand, is_webhook
from analyzer.rules.rule import rule


@rule("warning")
def nosql_injection(graph: ReferenceGraph, _: ReferenceGraph) -> Iterator[Finding]:
    """What a client sends is used in a filter as it is (CWE-943).

    **Why** A client that sends `{"$ne": null}` in the place of a text finds any document: a login without a password, another one's order. mongoose casts such an object as
    operators, whatever the type of its path.

    **Example** corpora/nosql-injection

    **Limits** Bodies and queries of Express, Koa, Next.js, Starlette, FastAPI and Flask, handed to the filter in the function that gets the request, or through one that
    passes its filter on. Values that are cast, cut or put into a text, that a function with the name of a check is given first, routes with a check, projects that use a sanitizer
    (express-mongo-sanitize, `sanitizeFilter`, a middleware that sets `req.body` to what a schema gives), values of pydantic and other typed bodies, parameters of a path, headers, and operands of operators are left out. A value of
    a query string is an object only with the extended parser: less confidence.

    **Fix** Cast it (`String(x)`, `ObjectId(x)`), compare with `$eq`, or check the body against a schema.
    """
    requests = Requests(graph.program)
    for query in graph.queries:
        document = query.document
        if document is None or graph.role(document.span) in ("test", "seed", "migration") or is_errand(document.path):
            continue
        sent = tuple(requests.sent(query))
        if sent and not is_webhook(document.path, query.symbol):
            yield _finding(query, sent)


def _finding(query: LinkedQuery, found: tuple[Sent, ...]) -> Finding:
    sent = next((one for one in found if not one.field), found[0])
    names = ", ".join(f'"{name}"' for name in dict.fromkeys(one.field for one in found))
    what = f"{names} is held against what a client sends" if sent.field else "the filter is what a client sends"
    table = query.tables[0] if len(query.tables) == 1 else None
    of = f' of "{table}"' if table is not None else ""
    return Finding(
        span=query.query.span if sent.span.path != query.query.span.path else sent.span,
        message=f"{what}, as it is: an object there is an operator{of}",
        confidence="medium" if all(one.flat for one in found) else "high",
        schema=query.schema or None,
        table=table,
        column=sent.field or None,
        symbol=query.symbol or None,
        group=f"nosql-injection:{query.query.span.path}:{query.symbol}",
        repair=Repair("cast the value, or compare with $eq", effort_minutes=10),
    )
