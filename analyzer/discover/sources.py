"""From a folder to classified sources in one step, with unsaved buffers in place of what the disk holds.

This module does not know how files are read or classified: `walk` and `classify` do.
"""

from collections.abc import Mapping
from pathlib import Path

from analyzer.discover.classify import discover, manifest_errors
from analyzer.discover.config import Config
from analyzer.discover.content import judge
from analyzer.discover.files import RawFile
from analyzer.discover.languages import language_of
from analyzer.discover.walk import walk
from analyzer.facts.file import FileError
from analyzer.facts.source import Source


def sources_from(
    root: Path, overrides: Mapping[str, bytes], config: Config | None = None
) -> tuple[tuple[Source, ...], tuple[FileError, ...]]:
    """The sources under a root. `overrides` maps relative posix paths to bytes that replace or add a file."""
    files, errors = walk(root, config or Config())
    files = [file for file in files if file.path not in overrides]
    told = [error for error in errors if error.path not in overrides]
    for path, content in overrides.items():
        language = language_of(path)
        if language is not None:
            verdict = judge(path, language, content)
            told += verdict.errors
            files += [RawFile(path, content)] if verdict.keep else []
    return discover(files), (*told, *manifest_errors(files))
