"""Values of a column that a remark behind it lists: `status: text("status").default("draft"), // draft, sent, paid`.

What comes in: the node of a column, its name, its definition. What goes out: the values, None where the remark says anything else. A remark is believed
where the column's own default is one of the values, or where its name says that it holds one of a few.
"""

import re
from collections.abc import Sequence

from tree_sitter import Node

from analyzer.extract.texts import text_of
from analyzer.facts.part import Part
from analyzer.facts.part.written import LiteralPart

_LIST = re.compile(r"//\s*['\"]?([a-z][a-z0-9_-]{1,30})['\"]?(?:\s*[,|/]\s*['\"]?[a-z][a-z0-9_-]{1,30}['\"]?){1,14}\s*")
_VALUE = re.compile(r"[a-z][a-z0-9_-]{1,30}")
_NAMES = re.compile(r"(?:^|_|[a-z])(?:status|state|type|kind|role|level|priority|category|mode)$", re.IGNORECASE)
_DEFAULT = re.compile(r"DEFAULT '([^']*)'")


def remarked(value: Node, name: str, definition: Sequence[Part]) -> tuple[str, ...] | None:
    """What the remark on the column's own line lists."""
    pair = value.parent
    following = pair.next_sibling if pair is not None else None
    while following is not None and following.type == ",":
        following = following.next_sibling
    if following is None or following.type != "comment" or following.start_point[0] != value.end_point[0]:
        return None
    text = text_of(following)
    if not _LIST.fullmatch(text):
        return None
    values = tuple(dict.fromkeys(_VALUE.findall(text)))
    written = "".join(part.value for part in definition if isinstance(part, LiteralPart))
    default = _DEFAULT.search(written)
    believed = default[1] in values if default is not None else _NAMES.search(name) is not None
    return values if believed and len(values) > 1 else None
