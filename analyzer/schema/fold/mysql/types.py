"""Which of MySQL's types go together in a foreign key.

The engine wants whole numbers of one size and sign, and no text beside a number; lengths of texts and display widths may differ. Tried in MariaDB
10.11 (errno 150), as MySQL's manual says under "FOREIGN KEY Constraints". What a character set forbids is not looked at.
"""

from analyzer.catalog.types import ColumnType

_ALIASES = {"integer": "int", "bool": "tinyint", "boolean": "tinyint", "serial": "bigint unsigned"}
_WHOLE = frozenset({"tinyint", "smallint", "mediumint", "int", "bigint"})
_TEXTS = frozenset({"char", "varchar", "tinytext", "text", "mediumtext", "longtext"})


def may_refer(type_: ColumnType, key: ColumnType) -> bool:
    """True where a column of the first type may refer to a key of the second, or it is not known."""
    size, other = _size(type_), _size(key)
    if size is None or other is None:
        return True
    return size == other


def _size(type_: ColumnType) -> str | None:
    """A whole number's size and sign, "text" for texts; None for what is neither."""
    words = type_.name.partition("(")[0].split()
    word = _ALIASES.get(words[0], words[0]) if words else ""
    if word in _TEXTS:
        return "text"
    sign = " unsigned" if "unsigned" in type_.name or "zerofill" in type_.name or "unsigned" in word else ""
    return word.removesuffix(" unsigned") + sign if word.removesuffix(" unsigned") in _WHOLE else None
