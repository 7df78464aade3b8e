"""What is wrong with the bytes of a file: is it binary, a minified bundle, not UTF-8?

What comes in: a path, its language and its bytes. What goes out: a Verdict. This module does not read anything.
"""

from msgspec import Struct

from analyzer.discover.languages import is_code
from analyzer.facts.file import FileError
from analyzer.facts.source import Language, Span

CODE_LIMIT = 2_000_000
OTHER_LIMIT = 5_000_000
_BUNDLE_SIZE = 200_000
_BUNDLE_LINE = 20_000
_OUTPUT_LINE = 5_000
_BINARY_HEAD = 8192
_OUTPUT_FOLDERS = frozenset({"dist", "build", "out"})


class Verdict(Struct, frozen=True):
    """`keep` is False where the file is left out; `errors` say why, or what may be missing from its facts."""

    keep: bool
    errors: tuple[FileError, ...] = ()


def size_limit(language: Language) -> int:
    """Bytes above which a file is not opened: no hand-written code is larger, a dump may be."""
    return CODE_LIMIT if is_code(language) else OTHER_LIMIT


def oversized(path: str, language: Language, size: int) -> FileError:
    return FileError(path, f"left out: {size} bytes, above the limit of {size_limit(language)}")


def judge(path: str, language: Language, content: bytes) -> Verdict:
    """A file within its size limit -> whether it is kept."""
    if len(content) > size_limit(language):
        return Verdict(keep=False, errors=(oversized(path, language, len(content)),))
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        return Verdict(keep=False, errors=(FileError(path, "left out: UTF-16, only UTF-8 is read"),))
    if b"\0" in content[:_BINARY_HEAD]:
        return Verdict(keep=False, errors=(FileError(path, "left out: binary content"),))
    if is_code(language) and _is_minified(path, content):
        return Verdict(keep=False, errors=(FileError(path, "left out: looks minified, a line is too long"),))
    return Verdict(keep=True, errors=_encoding_errors(path, content))


def _is_minified(path: str, content: bytes) -> bool:
    """Bundlers put thousands of statements on a line; in a build folder already a quarter of that tells."""
    if _OUTPUT_FOLDERS.intersection(path.split("/")[:-1]):
        return _longest_line(content) > _OUTPUT_LINE
    return len(content) > _BUNDLE_SIZE and _longest_line(content) > _BUNDLE_LINE


def _longest_line(content: bytes) -> int:
    return max(map(len, content.split(b"\n")))


def _encoding_errors(path: str, content: bytes) -> tuple[FileError, ...]:
    try:
        content.decode("utf-8")
    except UnicodeDecodeError as error:
        span = Span(path, error.start, error.end)
        return (FileError(path, "invalid UTF-8: facts of this file may be partial", span),)
    return ()
