"""One gitignore pattern -> a regular expression for one path.

What comes in: a line of an ignore file. What goes out: a compiled expression, or ValueError where git would never match. This module
does not know folders and their order.

Semantics: https://git-scm.com/docs/gitignore and git's wildmatch.c, with git itself as the oracle in the tests. A walk asks for every
folder on the way down, so an expression must match the path asked for and not one of the folders above it: that is where libraries that
match whole paths of files differ from git once patterns bring something back. Every star but the last of a segment is an atomic
group, which is right because the leftmost match of a fixed piece leaves the most room, and keeps hostile patterns linear.
"""

import re

_BRACKET = re.compile(r"\[([!^]?)(\]?(?:\[:\w+:\]|\\.|[^\]\\])*)\]", re.DOTALL)
_ITEM = re.compile(r"\[:(\w+):\]|\\(.)|(.)", re.DOTALL)
_CLASSES = {
    "alnum": "a-zA-Z0-9",
    "alpha": "a-zA-Z",
    "blank": r" \t",
    "cntrl": r"\x00-\x1f\x7f",
    "digit": "0-9",
    "graph": r"\x21-\x7e",
    "lower": "a-z",
    "print": r"\x20-\x7e",
    "punct": r"!-.:-@\[-`{-~",
    "space": r"\s",
    "upper": "A-Z",
    "xdigit": "0-9a-fA-F",
}
_ANY_FOLDERS = "(?:[^/]+/)*"


def compile_pattern(pattern: str) -> re.Pattern[str]:
    """A pattern without its `!` -> an expression for `fullmatch`; paths of folders end with a slash."""
    is_for_folders = pattern.endswith("/")
    pattern = pattern.removesuffix("/")
    if not pattern:
        raise ValueError(pattern)
    path = _anchored(pattern.removeprefix("/").split("/")) if "/" in pattern else _ANY_FOLDERS + _segment(pattern)
    return re.compile(path + ("/" if is_for_folders else "/?"), re.DOTALL)


def _anchored(segments: list[str]) -> str:
    """Segments between slashes; `**` as a whole segment stands for any number of folders, at the end for all inside."""
    groups: list[list[str]] = [[]]
    for segment in segments:
        if len(segment) > 1 and not segment.strip("*"):
            groups.append([])
        else:
            groups[-1].append(_segment(segment))
    first, *rest = ("/".join(group) for group in groups)
    if not rest:
        return first
    *middle, last = rest
    pieces = [f"{first}/" if first else "", *(f"(?>(?:[^/]+/)*?{piece}/)" for piece in middle if piece)]
    return "".join(pieces) + (_ANY_FOLDERS + last if last else ".+")


def _segment(glob: str) -> str:
    """What stands between two slashes; no path has an empty segment, so stars alone stand for something."""
    if glob and not glob.strip("*"):
        return "[^/]+"
    pieces, at = [""], 0
    while at < len(glob):
        sign = glob[at]
        if sign == "*":
            pieces += [""] if pieces[-1] or len(pieces) == 1 else []
        elif sign == "?":
            pieces[-1] += "[^/]"
        elif sign == "[":
            bracket = _BRACKET.match(glob, at)
            if bracket is None:
                raise ValueError(glob)
            pieces[-1] += _bracket(bracket[1] != "", bracket[2])
            at = bracket.end() - 1
        elif sign == "\\":
            at += 1
            pieces[-1] += re.escape(glob[at : at + 1] or _refuse(glob))
        else:
            pieces[-1] += re.escape(sign)
        at += 1
    first, *rest = pieces
    return first + "".join(f"(?>[^/]*?{piece})" for piece in rest[:-1]) + (f"[^/]*{rest[-1]}" if rest else "")


def _bracket(is_negated: bool, inside: str) -> str:
    """A set of characters, which never matches a slash."""
    items = [(match[1], match[2] or match[3], match[0]) for match in _ITEM.finditer(inside)]
    written, skip = "", 0
    for at, (name, sign, _) in enumerate(items):
        if skip:
            skip -= 1
        elif name:
            written += _CLASSES.get(name) or _refuse(inside)
        elif at + 2 < len(items) and items[at + 1][2] == "-" and not items[at + 2][0]:
            written += f"{re.escape(sign)}-{re.escape(items[at + 2][1])}" if sign <= items[at + 2][1] else ""
            skip = 2
        else:
            written += re.escape(sign)
    if not written:
        return "[^/]" if is_negated else "(?!)"
    return f"(?!/)[{'^' if is_negated else ''}{written}]"


def _refuse(pattern: str) -> str:
    raise ValueError(pattern)
