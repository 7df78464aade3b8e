"""MySQL's types as MySQL 8 prints them.

What comes in: the declared text of a type. What goes out: the name in SHOW CREATE TABLE and the information schema. Source: MySQL's reference manual,
chapter 13, and MariaDB's "Data Types". Since 8.0.19 integers have no display width, but for tinyint(1) and with ZEROFILL. This module does not
know columns.
"""

import re

_ALIASES = {
    "integer": "int", "int4": "int", "int1": "tinyint", "int2": "smallint", "int3": "mediumint", "middleint": "mediumint", "int8": "bigint",
    "bool": "tinyint(1)", "boolean": "tinyint(1)", "numeric": "decimal", "dec": "decimal", "fixed": "decimal", "number": "decimal",
    "double precision": "double", "real": "double", "float8": "double", "float4": "float", "character varying": "varchar", "char varying": "varchar",
    "varcharacter": "varchar", "character": "char", "nchar": "char", "national char": "char", "national character": "char", "nvarchar": "varchar",
    "national varchar": "varchar", "nchar varchar": "varchar", "nchar varying": "varchar", "national character varying": "varchar",
    "national char varying": "varchar", "long": "mediumtext", "long varchar": "mediumtext", "long varbinary": "mediumblob",
    "char byte": "binary", "long char varying": "mediumtext", "clob": "longtext",
}  # fmt: skip
_WIDTHS = {"char": "(1)", "binary": "(1)", "bit": "(1)", "decimal": "(10,0)"}
_INTEGERS = frozenset({"tinyint", "smallint", "mediumint", "int", "bigint"})
_ZEROFILL = {"tinyint": 3, "smallint": 5, "mediumint": 8, "int": 10, "bigint": 20}
# `text(n)` and `blob(n)` are the smallest type that holds n.
_SIZES = ((255, "tiny"), (65535, ""), (16777215, "medium"))
_SHAPE = re.compile(r"([^(]{0,200})(\(.*\))?([^)]{0,200})", re.DOTALL)
_QUOTED = re.compile(r"'(?:[^'\\]|\\.|'')*'|\s+", re.DOTALL)


def mysql_name(declared: str) -> str:
    """`INTEGER(11) UNSIGNED` is `int unsigned`; what is no built-in keeps its text in lower case."""
    shape = _SHAPE.fullmatch(declared)
    if shape is None:
        return declared.lower()
    head, arguments, tail = shape[1].lower(), shape[2] or "", shape[3].lower()
    words, rest = head.split(), tail.split()
    if "character" in rest or "charset" in rest or "collate" in rest or "ascii" in rest or "unicode" in rest:
        rest = rest[
            : min(rest.index(word) for word in ("character", "charset", "collate", "ascii", "unicode") if word in rest)
        ]
    marks = [word for word in (*words, *rest) if word in ("unsigned", "zerofill")]
    name = " ".join(
        word
        for word in (*_charsetless(words), *(r for r in rest if r in ("varying", "byte")))
        if word not in ("unsigned", "zerofill", "signed")
    )
    if name == "serial":
        return "bigint unsigned"
    name = _ALIASES.get(name, name)
    if name.endswith(")"):
        return name
    return _printed(name, _packed(arguments), zerofill="zerofill" in marks, unsigned=bool(marks))


def _charsetless(words: list[str]) -> list[str]:
    """`text character set utf8`, `char binary`."""
    for at, word in enumerate(words):
        if (at and word in ("charset", "collate", "ascii", "unicode")) or (
            at and words[at : at + 2] == ["character", "set"]
        ):
            return words[:at]
    return [word for at, word in enumerate(words) if not (at and word == "binary")]


def _packed(arguments: str) -> str:
    """The arguments without white space outside strings."""
    return _QUOTED.sub(lambda match: "" if match[0].isspace() else match[0], arguments)


def _printed(name: str, arguments: str, *, zerofill: bool, unsigned: bool) -> str:
    if name in _INTEGERS:
        width = arguments if arguments == "(1)" and name == "tinyint" and not unsigned else ""
        if zerofill:
            width = arguments or f"({_ZEROFILL[name]})"
        arguments = width
    elif name in ("text", "blob") and arguments:
        size = int(arguments.strip("()")) if arguments.strip("()").isdigit() else 0
        return next((prefix for limit, prefix in _SIZES if size <= limit), "long") + name
    elif name == "float" and arguments and "," not in arguments:
        size = int(arguments.strip("()")) if arguments.strip("()").isdigit() else 0
        name, arguments = ("double" if size > 24 else "float"), ""
    elif name == "year":
        arguments = ""
    elif name == "decimal" and arguments and "," not in arguments:
        arguments = f"{arguments[:-1]},0)"
    arguments = arguments or _WIDTHS.get(name, "")
    if arguments == "(0)" and name in ("datetime", "timestamp", "time"):
        arguments = ""
    return f"{name}{arguments}{' unsigned' if unsigned else ''}{' zerofill' if zerofill else ''}"
