"""repository-bypass. What comes in: a query. What goes out: a finding where it asks a collection that a repository owns, from outside of it."""

from collections.abc import Iterator

from analyzer.findings import Evidence, Finding, Repair
from analyzer.link.graph import ReferenceGraph
from analyzer.link.linked import LinkedQuery
from analyzer.rules.errands import is_errand
from analyzer.rules.rule import rule


@rule("info")
def repository_bypass(query: LinkedQuery, graph: ReferenceGraph) -> Iterator[Finding]:
    """Code asks the driver for documents of a collection that a repository owns.

    **Why** What the repository does to every document (default values, time stamps, checks, a tenant's filter) does not happen here, and a change of the
    collection has to be made in more than one place.

    **Example** corpora/repository-bypass

    **Limits** A repository is a class called Repository, Repo or Dao, or a file in a folder of that name, that works with one collection, or with the one it is called
    after. Other repositories, files of its folder, tests, seeds, migrations, scripts and the making of indexes are left out.

    **Fix** Ask the repository; give it a method where it has none.
    """
    document = query.document
    if document is None or document.via or document.effect in ("ddl", "other"):
        return
    owner = graph.owners.get(document.collection)
    here, home = document.path.rpartition("/")[0], owner.path.rpartition("/")[0] if owner is not None else ""
    if owner is None or graph.in_repository(query) or document.path == owner.path or (home and here == home):
        return
    if not graph.is_same_language(document.path, owner.path):
        return
    if graph.role(document.span) in ("test", "seed", "migration") or is_errand(document.path):
        return
    yield Finding(
        span=document.span,
        message=f'"{document.collection}" is reached here without its repository "{owner.name}"',
        schema=query.schema or None,
        table=document.collection,
        symbol=query.symbol or None,
        group=f"repository-bypass:{document.path}:{document.collection}",
        evidence=(Evidence(owner.span, "the repository that owns the collection"),),
        repair=Repair("ask the repository", effort_minutes=15),
    )
