"""Alembic itself, run on the migrations of a corpus: on a database, or for the SQL that it would send.

What comes in: the name of a corpus, a connection or a dialect. What goes out: the SQL, or nothing but what the database then holds. The corpus' own env.py is
left out: it connects.
"""

import importlib
import io
import shutil
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from alembic.config import Config
from alembic.runtime.environment import EnvironmentContext
from alembic.script import ScriptDirectory

from tests.corpus import CORPORA


def send(name: str, connection: Any, folder: Path) -> None:
    """`alembic upgrade heads`."""
    with _environment(name, folder) as environment:
        environment.configure(
            connection=connection, transaction_per_migration=True, target_metadata=_metadata(name, folder)
        )
        with environment.begin_transaction():
            environment.run_migrations()
    connection.commit()


def _metadata(name: str, folder: Path) -> Any:
    """What the corpus' own env.py hands over, if it has any."""
    if not (folder / name / "shop" / "meta.py").exists():
        return None
    return importlib.import_module("shop.meta").metadata


def written(name: str, dialect: str, folder: Path) -> str:
    """`alembic upgrade heads --sql`, without Alembic's own table."""
    out = io.StringIO()
    with _environment(name, folder, as_sql=True) as environment:
        environment.configure(dialect_name=dialect, as_sql=True, output_buffer=out, literal_binds=True)
        with environment.begin_transaction():
            environment.run_migrations()
    statements = out.getvalue().split(";\n")
    return ";\n".join(
        one for one in statements if "alembic_version" not in one and "BEGIN" not in one and "COMMIT" not in one
    )


def order(name: str, folder: Path) -> list[str]:
    """The ids in the order in which Alembic runs them."""
    config = _config(name, folder)
    with _importable(folder / name):
        return [step.revision.revision for step in ScriptDirectory.from_config(config)._upgrade_revs("heads", None)]


@contextmanager
def _environment(name: str, folder: Path, **options: Any) -> Iterator[EnvironmentContext]:
    config = _config(name, folder)
    script = ScriptDirectory.from_config(config)

    def steps(revision: Any, _context: Any) -> Any:
        return script._upgrade_revs("heads", revision)

    with (
        _importable(folder / name),
        EnvironmentContext(config, script, fn=steps, destination_rev="heads", **options) as environment,
    ):
        yield environment


@contextmanager
def _importable(root: Path) -> Iterator[None]:
    """What migrations import of their own project is found."""
    sys.path.insert(0, str(root))
    try:
        yield
    finally:
        sys.path.remove(str(root))
        for module in [module for module in sys.modules if module.partition(".")[0] in ("migrations", "shop")]:
            del sys.modules[module]


def _config(name: str, folder: Path) -> Config:
    root = folder / name
    if not root.exists():
        shutil.copytree(CORPORA / name, root)
        (root / "migrations" / "env.py").write_text("")
    config = Config()
    config.set_main_option("script_location", str(root / "migrations"))
    config.set_main_option("path_separator", "os")
    return config
