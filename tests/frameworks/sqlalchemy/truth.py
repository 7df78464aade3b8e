"""What SQLAlchemy itself makes of a project's models, beside what is read from their source.

What comes in: a project's files by path, and the expression of its MetaData. What goes out: differences between the tables of both, for each engine. The
project runs in an interpreter of its own: a mapper's registry lasts as long as that.
"""

import json
import subprocess
import sys
from pathlib import Path

from analyzer.catalog.schema import Schema
from analyzer.facts.source import DIALECTS, Dialect
from analyzer.schema.compare import compare
from tests.schema.building import build

_DRIVERS = {"postgres": "psycopg", "sqlite": "aiosqlite", "mysql": "pymysql"}
_ENGINES = {"postgres": "postgresql+psycopg://", "sqlite": "sqlite://", "mysql": "mysql+pymysql://"}
_MAIN = """
import json, sys
import sqlalchemy, sqlalchemy.orm
sys.path.insert(0, sys.argv[1])
module, _, name = sys.argv[2].partition(":")
metadata = eval(name, vars(__import__(module, fromlist=["*"])))
sqlalchemy.orm.configure_mappers()
made = {}
for dialect, url in json.loads(sys.argv[3]).items():
    lines = []
    engine = sqlalchemy.create_mock_engine(url, lambda sql, *_, **__: lines.append(str(sql.compile(dialect=engine.dialect)).strip()))
    try:
        metadata.create_all(engine, checkfirst=False)
    except sqlalchemy.exc.CompileError as error:
        lines = ["-- refused: " + str(error)]
    made[dialect] = ";\\n".join(lines) + ";\\n"
print(json.dumps(made))
"""


def made_by_sqlalchemy(root: Path, metadata: str) -> dict[Dialect, str]:
    """The DDL that `metadata.create_all` sends to each engine."""
    arguments = [sys.executable, "-W", "ignore", "-c", _MAIN, str(root), metadata, json.dumps(_ENGINES)]
    done = subprocess.run(arguments, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


def declared(files: dict[str, str], dialect: Dialect) -> Schema:
    """The tables of the models alone."""
    manifest = f'[project]\nname = "shop"\ndependencies = ["sqlalchemy", "{_DRIVERS[dialect]}"]\n'
    (history,) = build({**files, "pyproject.toml": manifest})
    assert history.sources[0].kind == "models"
    return history.schema


def replayed(sql: str, dialect: Dialect) -> Schema:
    manifest = f'[project]\nname = "shop"\ndependencies = ["{_DRIVERS[dialect]}"]\n'
    (history,) = build({"migrations/0001_start.sql": sql, "pyproject.toml": manifest})
    assert history.dialect == dialect
    return history.schema


def untrue(files: dict[str, str], root: Path, metadata: str) -> list[str]:
    """Where what is read is not what SQLAlchemy makes, in words; tables that are not wholly known too."""
    for path, text in files.items():
        place = root / path
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_text(text)
    found: list[str] = []
    for dialect, sql in made_by_sqlalchemy(root, metadata).items():
        if sql.startswith("-- refused"):
            continue
        real, own = replayed(sql, dialect), declared(files, dialect)
        differences = compare(real, own)
        found += [f"{dialect}: {one.kind} of {one.table}.{one.column}: {one.left} / {one.right}" for one in differences]
        missing = [table.name for at, table in real.tables.items() if at not in own.tables]
        found += [f"{dialect}: {name} is not there" for name in missing]
        for table in own.tables.values():
            unknown = [
                column.name
                for column in table.columns
                if not column.certain or not column.type.raw or "{" in column.type.raw
            ]
            if not table.closed or not table.certain or unknown:
                found.append(f"{dialect}: {table.name} is not wholly known: {unknown}")
    assert DIALECTS
    return found
