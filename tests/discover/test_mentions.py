"""Which words in a repository name migrations, in a folder that no tool is known to run."""

import pytest

from analyzer.discover.classify import discover
from analyzer.discover.files import RawFile

JOURNAL = b'{"dialect": "postgresql", "entries": [{"tag": "0000_shop", "when": 1}]}'
SHOP = {
    "package.json": b'{"name": "shop", "dependencies": {"drizzle-orm": "0.45.0"}}',
    "drizzle/meta/_journal.json": JOURNAL,
    "drizzle/0000_shop.sql": b"CREATE TABLE orders (id INTEGER);",
    "server/migrations/0001_paid.sql": b"ALTER TABLE orders ADD COLUMN paid BOOLEAN;",
    "server/migrations/0002_sent.sql": b"ALTER TABLE orders ADD COLUMN sent BOOLEAN;",
}
BOTH = ["0001_paid", "0002_sent"]


def unnamed(path: str, content: bytes) -> list[str]:
    files = [RawFile(at, text) for at, text in {**SHOP, path: content}.items()]
    layouts = [(source.path, source.layout) for source in discover(files)]
    found = [at for at, layout in layouts if layout is not None and not layout.named]
    return [at.rpartition("/")[2].removesuffix(".sql") for at in found]


@pytest.mark.parametrize(
    ("path", "content"),
    [
        ("server/db.ts", b'await migrate(db, { migrationsFolder: "./drizzle" });'),
        ("server/routes.ts", b'app.get("/api/migrations", list); // as in server/migrations'),
        ("server/state.ts", b"this.migrations.push(one);"),
        ("server/help.ts", b'console.log("Running migrations...");'),
        ("jest.config.cjs", b'module.exports = { collectCoverageFrom: ["!server/migrations/**"] };'),
        ("server/backup.ts", b"const path = `./backups/backup-${stamp}.sql`;"),
        ("server/show.ts", b"console.log(query.toSQL().sql);"),
        ("README.md", b"psql -f server/migrations/0001_paid.sql"),
        ("docs/all.sql", b"-- as in server/migrations/0001_paid.sql\nSELECT 1;"),
    ],
)
def test_other_words_name_nothing(path: str, content: bytes) -> None:
    assert unnamed(path, content) == BOTH


@pytest.mark.parametrize(
    ("path", "content"),
    [
        ("server/migrate.ts", b'const folder = path.join(__dirname, "migrations");'),
        ("server/migrate.ts", b"const folder = `${root}/migrations`;"),
        ("server/migrate.py", b'for file in (HERE / "migrations").iterdir(): run(file)'),
        ("scripts/migrate.mjs", b'const folder = new URL("../server/migrations/", import.meta.url);'),
        ("scripts/migrate.mjs", b'for (const file of fs.readdirSync(dir)) if (file.endsWith(".sql")) run(file);'),
        ("scripts/migrate.mjs", b"const known = /^\\d+_.*\\.(sql|js)$/;"),
        ("scripts/migrate.mjs", b"run(`${dir}/${name}.sql`);"),
        ("src/main.rs", b'if path.extension() == Some(OsStr::new("sql")) { run(path) }'),
        ("server/migrations/run.ts", b"for (const file of readdirSync(__dirname)) run(file);"),
        ("scripts/migrate.sh", b"psql -f server/migrations/$1"),
        ("scripts/migrate.sh", b'cd server && for f in migrations/*; do psql -f "$f"; done'),
        ("scripts/migrate.bat", b"psql -f server\\migrations\\%1"),
        ("Dockerfile", b"COPY server/migrations /docker-entrypoint-initdb.d"),
        ("compose.yaml", b"volumes:\n  - ./server/migrations:/docker-entrypoint-initdb.d"),
        (".github/workflows/deploy.yml", b"- run: cat server/migrations/* | psql"),
        ("Makefile", b"migrate:\n\tcat server/migrations/* | psql"),
        ("server/package.json", b'{"name": "server", "scripts": {"migrate": "run-sql ./migrations"}}'),
    ],
)
def test_folder_that_is_named(path: str, content: bytes) -> None:
    assert unnamed(path, content) == []


@pytest.mark.parametrize(
    ("path", "content"),
    [
        ("scripts/paid.mjs", b'run(readFileSync("./server/migrations/0001_paid.sql", "utf8"));'),
        ("scripts/paid.mjs", b'run(path.join(dir, "0001_paid.sql"));'),
        ("scripts/paid.sh", b"psql -f server/migrations/0001_paid.sql"),
        ("scripts/all.sql", b"\\ir ../server/migrations/0001_paid.sql\n"),
        ("src/main.rs", b'const PAID: &str = include_str!("../server/migrations/0001_paid.sql");'),
    ],
)
def test_file_that_is_named(path: str, content: bytes) -> None:
    assert unnamed(path, content) == ["0002_sent"]


def test_without_a_tool_nothing_is_said() -> None:
    files = [RawFile(at, text) for at, text in SHOP.items() if not at.startswith("drizzle/")]
    assert all(source.layout is None or source.layout.named for source in discover(files))


def test_folder_inside_one_that_is_named() -> None:
    deep = {at.replace("server/migrations", "server/migrations/v2"): text for at, text in SHOP.items()}
    runner = RawFile("server/migrate.ts", b'walk(path.join(__dirname, "migrations"));')
    files = [*(RawFile(at, text) for at, text in deep.items()), runner]
    assert all(source.layout is None or source.layout.named for source in discover(files))
