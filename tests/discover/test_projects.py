"""Manifests, and the projects they make."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analyzer.discover.classify import discover, manifest_errors
from analyzer.discover.files import RawFile
from analyzer.facts.source import Project


def project(path: str, **files: bytes) -> Project:
    found = {
        source.path: source.project
        for source in discover(RawFile(name, text) for name, text in (*files.items(), (path, b"")))
    }
    return found[path]


def names(path: str, **files: bytes) -> dict[str, tuple[str, ...]]:
    return {dependency.name: dependency.features for dependency in project(path, **files).dependencies}


def test_no_manifest() -> None:
    assert project("src/orders.rs") == Project("")


def test_cargo() -> None:
    manifest = b"""
    [package]
    name = "shop"
    [dependencies]
    sqlx = { version = "0.8", features = ["sqlite", "postgres"] }
    db = { package = "tokio-postgres", version = "0.7" }
    [dev-dependencies]
    tempfile = "3"
    [build-dependencies]
    cc = "1"
    [target.'cfg(unix)'.dependencies]
    rusqlite = { version = "0.31", features = ["bundled"] }
    """
    assert project("src/orders.rs", **{"Cargo.toml": manifest}).name == "shop"
    assert names("src/orders.rs", **{"Cargo.toml": manifest}) == {
        "cc": (),
        "rusqlite": ("bundled",),
        "sqlx": ("postgres", "sqlite"),
        "tempfile": (),
        "tokio-postgres": (),
    }


def test_cargo_workspace_dependencies_reach_only_members_that_ask() -> None:
    files = {
        "Cargo.toml": b'[workspace]\n[workspace.dependencies]\nsqlx = { version = "1", features = ["postgres"] }\npg = { package = "postgres" }\n',
        "db/Cargo.toml": b'[package]\nname = "db"\n[dependencies]\nsqlx = { workspace = true, features = ["uuid"] }\npg.workspace = true\n',
        "web/Cargo.toml": b'[package]\nname = "web"\n',
    }
    assert names("db/src/orders.rs", **files) == {"postgres": (), "sqlx": ("postgres", "uuid")}
    assert names("web/src/orders.rs", **files) == {}


def test_package_json_reaches_the_folders_below() -> None:
    root = {"workspaces": ["apps/*"], "devDependencies": {"drizzle-kit": "1", "Prisma": "6"}}
    web = {"name": "@shop/web", "dependencies": {"pg": "8"}, "optionalDependencies": {"db": "npm:better-sqlite3@11"}}
    files = {"package.json": json.dumps(root).encode(), "apps/web/package.json": json.dumps(web).encode()}
    assert project("apps/web/src/orders.ts", **files).name == "@shop/web"
    assert list(names("apps/web/src/orders.ts", **files)) == ["better-sqlite3", "drizzle-kit", "pg", "prisma"]
    assert list(names("scripts/orders.mjs", **files)) == ["drizzle-kit", "prisma"]


PYPROJECTS = {
    "pep 621": b'[project]\nname = "shop"\ndependencies = ["SQLAlchemy[asyncio]>=2; python_version>\'3\'"]\n[project.optional-dependencies]\npg = ["psycopg[binary,pool]"]\n',
    "poetry": b'[tool.poetry]\nname = "shop"\n[tool.poetry.dependencies]\npython = "^3"\nsqlalchemy = {version = "2", extras = ["asyncio"]}\n[tool.poetry.group.dev.dependencies]\npsycopg = {version = "3", extras = ["binary", "pool"]}\n',
    "groups": b'[dependency-groups]\nmain = ["sqlalchemy[asyncio]"]\ndev = [{include-group = "main"}, "psycopg[pool,binary] @ https://example.org/p.whl"]\n',
    "pdm": b'[project]\nname = "shop"\ndependencies = ["sqlalchemy[asyncio]"]\n[tool.pdm.dev-dependencies]\ndev = ["psycopg[binary,pool]"]\n',
}


@pytest.mark.parametrize("kind", PYPROJECTS)
def test_pyproject(kind: str) -> None:
    assert names("shop/orders.py", **{"pyproject.toml": PYPROJECTS[kind]}) == {
        "psycopg": ("binary", "pool"),
        "sqlalchemy": ("asyncio",),
    }


def test_requirements_setup_cfg_and_pipfile() -> None:
    files = {
        "requirements.txt": b"# shop\nDjango==5\n-r requirements/dev.txt\n-e git+https://example.org/x.git#egg=shop_orm\npsycopg2_binary>=2 \\\n  --hash=sha256:1\n\n",
        "requirements/dev.txt": b"\xef\xbb\xbfpytest\r\n",
        "setup.cfg": b"[metadata]\nname = shop\n[options]\ninstall_requires =\n    asyncpg\n    %(odd)s\n[options.extras_require]\ntest = aiosqlite\n",
        "Pipfile": b'[packages]\npeewee = "*"\n[dev-packages]\nrequests = {extras = ["socks"]}\n[source]\nname = "pypi"\n',
    }
    assert project("shop/orders.py", **files).name == "shop"
    assert list(names("shop/orders.py", **files)) == [
        "aiosqlite", "asyncpg", "django", "peewee", "psycopg2-binary", "pytest", "requests", "shop-orm",
    ]  # fmt: skip


def test_a_manifest_of_tools_alone_makes_no_project() -> None:
    files = {
        "pyproject.toml": b'[project]\nname = "shop"\n',
        "web/pyproject.toml": b"[tool.ruff]\n",
        "web/setup.cfg": b"[flake8]\n",
    }
    assert project("web/orders.py", **files).path == ""


def test_the_nearest_manifest_of_the_language_counts() -> None:
    files = {
        "package.json": b'{"name": "web"}',
        "api/requirements.txt": b"psycopg\n",
        "app/Cargo.toml": b'[package]\nname = "app"\n',
    }
    assert project("api/static/orders.js", **files).path == ""
    assert project("api/orders.py", **files).path == "api"
    assert project("app/src/orders.rs", **files).path == "app"
    assert project("app/migrations/1_users.sql", **files).path == "app"


@pytest.mark.parametrize(
    ("path", "content"),
    [
        ("Cargo.toml", b"[dependencies\n"),
        ("Cargo.toml", b"\xff"),
        ("pyproject.toml", b"a = " + b"[" * 100_000),
        ("package.json", b"{'pg': 1}"),
        ("package.json", b"[" * 100_000),
        ("setup.cfg", b"no section\n"),
        ("Pipfile", b"]"),
    ],
)
def test_a_broken_manifest_is_an_error_value(path: str, content: bytes) -> None:
    (error,) = manifest_errors([RawFile(path, content)])
    assert error.path == path
    assert error.message.startswith("manifest not understood: ")
    assert len(discover([RawFile(path, content)])) == 1


ODD = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=8),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(st.sampled_from(["name", "dependencies", "package", "pg"]), inner, max_size=3)
    ),
    max_leaves=8,
)


@given(ODD)
def test_manifests_of_any_shape(document: object) -> None:
    discover([RawFile("package.json", json.dumps(document).encode())])


@given(
    st.sampled_from(["Cargo.toml", "pyproject.toml", "package.json", "setup.cfg", "requirements.txt", "Pipfile"]),
    st.binary(max_size=80),
)
def test_manifests_of_any_bytes(name: str, content: bytes) -> None:
    discover([RawFile(name, content)])
