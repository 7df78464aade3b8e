"""stale-query-cache. What comes in: a state of the cache of checked queries. What goes out: a finding."""

from collections.abc import Iterator

from analyzer.findings import Evidence, Finding, Repair
from analyzer.link.graph import ReferenceGraph
from analyzer.link.linked import Link
from analyzer.link.standing import CacheState
from analyzer.rules.rule import rule

_PREPARE = "run `cargo sqlx prepare` against a database that the migrations built, and commit the result"
_MESSAGES = {
    "contradicted": "this entry does not fit the migrations",
    "absent": "the build checks this query, and nothing gives it a query cache or a database",
    "unlisted": "this query has no entry in the query cache",
    "unused": "no checked query has the text of this entry",
}


@rule("warning")
def stale_query_cache(state: CacheState, graph: ReferenceGraph) -> Iterator[Finding]:
    """The cache of checked queries (`.sqlx`, `sqlx-data.json`) is missing, or does not fit the code or the migrations.

    **Why** sqlx's macros check a query against a database or against this cache. Without either the project does not compile; an entry
    made against a database that no migration builds lets a query compile that fails on every new installation.

    **Example** corpora/stale-query-cache

    **Limits** A cache is said to be absent only where no file names a database for the build: `DATABASE_URL` in an `.env` file (examples
    included), `.cargo/config.toml`, a compose file, a Dockerfile, a Makefile, a CI workflow or `build.rs`, or a step of sqlx-cli; a project that
    sets `SQLX_OFFLINE` to true needs one all the same, unless a step writes it. An entry is said to have no query only where every macro
    of the crates below the cache could be read: macros that write queries silence this. Code that a feature switches on may lack its
    entries on purpose. Types are compared in PostgreSQL and SQLite by what they hold, NULL in PostgreSQL.

    **Fix** Build a new database from the migrations, run `cargo sqlx prepare` against it, and commit the result.
    """
    del graph
    yield Finding(
        span=state.span,
        message="; ".join((_MESSAGES[state.kind], *_contradictions(state))),
        schema=state.schema or None,
        symbol=state.symbol or None,
        group=f"stale-query-cache:{state.kind}",
        evidence=tuple(_evidence(state)),
        repair=Repair("remove the entry" if state.kind == "unused" else _PREPARE),
    )


def _contradictions(state: CacheState) -> Iterator[str]:
    for link in state.links:
        yield f"it was made against a database with {_name(link)}, which the migrations do not create"
    for conflict in state.conflicts:
        yield f'it saw column "{conflict.source}" as {conflict.cached}, the migrations make it {conflict.declared}'


def _name(link: Link) -> str:
    if link.reference.column is None:
        return f'table "{link.reference.table}"'
    tables = (link.reference.table,) if link.reference.table else link.candidates
    owners = " or ".join(f'"{table}"' for table in tables)
    return f'column "{link.reference.column}" of {owners}'


def _evidence(state: CacheState) -> Iterator[Evidence]:
    for conflict in state.conflicts:
        yield Evidence(conflict.defined, f'column "{conflict.source}" is defined here')
    for link in state.links:
        if link.reference.span.path != state.span.path:
            yield Evidence(link.reference.span, "named by this query")
