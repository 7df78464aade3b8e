"""FileFacts as a walk and extraction would make them, for tests of which schema is live.

What comes in: paths and texts. What goes out: Histories. This module does not know a disk.
"""

from analyzer.discover.classify import discover
from analyzer.discover.config import Config
from analyzer.discover.files import RawFile
from analyzer.extract.extract import extract
from analyzer.program.program import build_program
from analyzer.schema.build import survey
from analyzer.schema.history import History


def build(files: dict[str, str], config: Config | None = None) -> tuple[History, ...]:
    """The live histories of a project with these files."""
    raw = [RawFile(path, content.encode()) for path, content in sorted(files.items())]
    return survey(build_program(extract(source) for source in discover(raw)), config or Config()).histories
