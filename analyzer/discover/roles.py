"""What a file is for: code, migration, schema, test, seed, generated, vendored or configuration.

What comes in: a path relative to the root (what lies above the root must not matter), the first bytes, a Layout. What goes out: a Role.
This module does not know other files.
"""

import re

from analyzer.discover.languages import is_code
from analyzer.discover.statements import contents_of
from analyzer.facts.source import Language, Layout, Role

_TEST_FOLDERS = frozenset(
    {
        "test",
        "tests",
        "testing",
        "__tests__",
        "__mocks__",
        "e2e",
        "testdata",
        "test-data",
        "test_data",
        "cypress",
        "playwright",
    }
)
# Words that a product may use for a part of itself: they tell something only outside its source folders.
_SIDE_FOLDERS = frozenset({"examples", "example", "docs", "doc", "benches", "bench", "benchmarks", "spec", "specs"})
_SOURCE_FOLDERS = frozenset({"src", "app", "lib", "pages", "routes"})
_VENDORED_FOLDERS = frozenset({"vendor", "vendored", "third_party", "third-party", "thirdparty"})
_SEED_FOLDERS = frozenset({"seed", "seeds", "seeders", "seeding", "fixtures", "__fixtures__", "sample_data"})
_GENERATED_FOLDERS = frozenset({"dist", "generated", "__generated__"})
_MIGRATION_FOLDERS = frozenset({"migrations", "migration", "alembic"})

_TEST_NAME = re.compile(
    r"(?:[^/]*_)?test_[^/]*\.py|[^/]*_tests?\.(?:py|rs)|tests?\.(?:py|rs)|conftest\.py|(?:[^/]*[_-])?test[_-][^/]*\.sql"
    r"|[^/]*[._-](?:test|tests|spec|e2e-spec|cy|stories|bench)\.[cm]?[jt]sx?"
)
_GENERATED_NAME = re.compile(
    r"[^/]*\.(?:gen|generated|min)\.[cm]?[jt]sx?|[^/]*\.d\.[cm]?ts|[^/]*_pb2(?:_grpc)?\.py|[^/]*\.generated\.rs"
)
_MIGRATION_NAME = re.compile(r"migrations?\.(?:py|[cm]?[jt]s)")
_SEED_NAME = re.compile(
    r"(?:seed|seeds|seeder|seeding|populate)(?:[._-][^/]*)?\.(?:[cm]?[jt]s|py|sql)|[^/]*[._-](?:seed|seeds|seeder)\.(?:[cm]?[jt]s|sql)"
)
_SCHEMA_NAME = re.compile(
    r"(?:[^/]*[._-])?(?:schema|structure|dump|tables|ddl)(?:[._-][^/]*)?\.(?:pg)?sql(?:\.\w+)?", re.IGNORECASE
)
_TAKES_APART = re.compile(r"(?:^|[._-])(?:revert|rollback|undo|down|teardown|cleanup|drop)(?:[._-]|$)")
_GENERATED_MARK = re.compile(rb"@generated\b|\bDO NOT (?:EDIT|MODIFY)\b|\b[Dd]o not (?:edit|modify) (?:this|it)\b")
_MARK_HEAD = 500


def place_role(path: str) -> Role | None:
    """What the folders and the name alone say, None where they say nothing. The strongest word wins, not the nearest."""
    *folders, name = path.lower().split("/")
    places = frozenset(folders)
    if places & _VENDORED_FOLDERS:
        return "vendored"
    if any(map(_is_test_folder, folders)) or _TEST_NAME.fullmatch(name) or _is_beside_the_product(folders):
        return "test"
    if places & _GENERATED_FOLDERS or _GENERATED_NAME.fullmatch(name):
        return "generated"
    return "seed" if places & _SEED_FOLDERS else None


def role_of(
    path: str, content: bytes, language: Language, layout: Layout | None, *, beside_migrations: bool = False
) -> Role:
    """The role of a file. A place outside the product wins over a layout, a layout over what the name says.

    `beside_migrations` is True in a folder that holds SQL migrations: numbered code there is one of them.
    """
    if not is_code(language) and language != "sql":
        return "config"
    # A migration is named after what it does: `0007_test_runs.sql` makes a table.
    place = place_role(path if layout is None else f"{path.rpartition('/')[0]}/")
    if place is not None:
        return place
    if layout is not None:
        return "migration"
    name = path.rpartition("/")[2].lower()
    if language == "sql":
        return _sql_role(name, content)
    if _GENERATED_MARK.search(content, 0, _MARK_HEAD):
        return "generated"
    if _MIGRATION_FOLDERS.intersection(path.lower().split("/")[:-1]) or _MIGRATION_NAME.fullmatch(name):
        return "migration"
    if beside_migrations and name[:1].isdigit():
        return "migration"
    return "seed" if _SEED_NAME.fullmatch(name) else "code"


def _sql_role(name: str, content: bytes) -> Role:
    """A file that creates lasting tables is a schema whatever it is called; one of rows alone is a seed; else it holds queries."""
    contents = contents_of(content)
    if _TAKES_APART.search(name):
        return "code"
    if contents.creates_table or (contents.defines and not contents.named):
        return "schema"
    if _SEED_NAME.fullmatch(name) or (contents.only_inserts and not contents.named):
        return "seed"
    return "schema" if _SCHEMA_NAME.fullmatch(name) and not contents.queries else "code"


def _is_test_folder(folder: str) -> bool:
    return folder in _TEST_FOLDERS or folder.startswith(("test_", "test-")) or folder.endswith(("_tests", "-tests"))


def _is_beside_the_product(folders: list[str]) -> bool:
    side = next((index for index, folder in enumerate(folders) if folder in _SIDE_FOLDERS), None)
    return side is not None and _SOURCE_FOLDERS.isdisjoint(folders[:side])
