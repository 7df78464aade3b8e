"""A corpus replayed by us, and the scripts a real engine is to run.

What comes in: the name of a corpus folder. What goes out: its History, and its up scripts in our order: were the order or the
separation of up and down wrong, the engine would refuse them. This module does not know engines.
"""

from analyzer.discover.classify import discover
from analyzer.discover.walk import walk
from analyzer.extract.extract import extract
from analyzer.program.program import build_program
from analyzer.schema.build import survey
from analyzer.schema.history import History
from tests.corpus import CORPORA, load_config


def replayed(name: str) -> History:
    """The only live history of a corpus."""
    root = CORPORA / name
    config = load_config(root)
    files, _ = walk(root, config)
    (history,) = survey(build_program(extract(source) for source in discover(files)), config).histories
    return history


def scripts(history: History) -> list[str]:
    return [text.skeleton for step in history.steps for text in step.migration.up]


def corpora(*, dialect: str) -> list[str]:
    """The corpora of migrations in one dialect, by what their own history says."""
    names = sorted(path.name for path in CORPORA.glob("migrations-*"))
    return [name for name in names if replayed(name).dialect == dialect]
