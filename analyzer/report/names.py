"""Names and strings as a dialect writes them.

What comes in: names as the schema has them. What goes out: SQL text. This module does not know statements.
"""

from collections.abc import Sequence

from analyzer.facts.source import Dialect


def quoted(name: str, dialect: Dialect) -> str:
    """A name as the dialect quotes it."""
    mark = "`" if dialect == "mysql" else '"'
    return mark + name.replace(mark, mark * 2) + mark


def name_of(name: str, namespace: str, dialect: Dialect) -> str:
    """A name with its namespace; SQLite's namespaces are databases, which no script makes."""
    return ".".join(
        quoted(part, dialect) for part in (namespace, name) if part and (dialect != "sqlite" or part is name)
    )


def names_list(names: Sequence[str], dialect: Dialect) -> str:
    return ", ".join(quoted(name, dialect) for name in names)


def literal(value: str) -> str:
    return "'" + value.replace("'", "''") + "'"


def comment(text: str) -> str:
    """A text on one line."""
    return " ".join(text.split())
