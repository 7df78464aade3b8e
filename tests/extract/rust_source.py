"""Facts of a Rust text, for tests."""

from analyzer.extract.extract import extract
from analyzer.facts.file import FileFacts
from analyzer.facts.query import Query
from analyzer.facts.source import Dependency, Project, Source
from analyzer.program.program import build_program

PATH = "src/users.rs"


def facts(code: str, *dependencies: str) -> FileFacts:
    project = Project("", "shop", tuple(Dependency(name) for name in dependencies))
    return extract(Source(PATH, code.encode(), "rust", project=project))


def queries(code: str, *dependencies: str) -> tuple[Query, ...]:
    """The queries of a file whose project depends on these crates (on sqlx where none is named), names resolved."""
    return build_program([facts(code, *(dependencies or ("sqlx",)))]).files[PATH].queries


def texts(code: str, *dependencies: str) -> list[str]:
    return [query.text.skeleton for query in queries(code, *dependencies)]


def sql(expression: str, before: str = "") -> str:
    """The text of an expression that is executed in a function, `{}` for what is not known."""
    return " | ".join(
        texts(f"async fn f(pool: &PgPool) {{ {before}\nsqlx::query({expression}).execute(pool).await; }}")
    )
