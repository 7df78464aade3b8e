"""What the files around a build say of its database."""

import pytest

from analyzer.discover.languages import language_of
from analyzer.extract.extract import extract
from analyzer.facts.source import Source


@pytest.mark.parametrize(
    ("path", "line", "kinds"),
    [
        (".env", "DATABASE_URL=postgres://localhost/shop", ["database"]),
        (".env", "# DATABASE_URL=postgres://localhost/shop", []),
        ("Dockerfile", "ENV SQLX_OFFLINE true", ["offline"]),
        ("shop.Dockerfile", "ENV SQLX_OFFLINE=1", ["offline"]),
        (".cargo/config.toml", 'SQLX_OFFLINE = "true"', ["offline"]),
        (".cargo/config.toml", 'SQLX_OFFLINE = { value = "true", force = true }', ["offline"]),
        (".cargo/config.toml", 'SQLX_OFFLINE = "false"', []),
        (".github/workflows/ci.yml", "SQLX_OFFLINE: true", ["offline"]),
        (".github/workflows/ci.yml", "- run: cargo sqlx prepare --workspace --check", ["database"]),
        (".github/workflows/ci.yml", "- run: cargo sqlx prepare --workspace", ["prepare"]),
        ("Makefile", "\tsqlx database setup", ["database"]),
        ("build.rs", 'fn main() { println!("cargo:rustc-env=DATABASE_URL={url}"); }', ["database"]),
        ("src/main.rs", 'fn main() { let url = std::env::var("DATABASE_URL"); }', []),
    ],
)
def test_settings(path: str, line: str, kinds: list[str]) -> None:
    language = language_of(path)
    assert language is not None
    facts = extract(Source(path, line.encode(), language, "config"))
    assert [setting.kind for setting in facts.settings] == kinds
