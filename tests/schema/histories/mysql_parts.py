"""Parts of MySQL's definitions: what exists, names, types, expressions, columns and constraints.

What comes in: draws of hypothesis. What goes out: pieces of statements. This module does not know statements.
"""

from hypothesis import strategies as st
from msgspec import Struct, field

from tests.schema.histories.names import TABLES, Draw, chance, pick, spell

COLUMNS = ("name", "userId", "user_id", "total", "status", "from", "Unit Price", "created_at", "key", "index")
_INTEGER = (
    "INT",
    "int(11)",
    "INTEGER",
    "int unsigned",
    "INT(10) UNSIGNED",
    "bigint(20)",
    "SMALLINT",
    "TINYINT(1)",
    "MEDIUMINT",
)
_TEXTUAL = (
    "varchar(255)",
    "VARCHAR(40) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin",
    "CHAR(3)",
    "char",
    "varchar(20) COLLATE utf8mb4_unicode_ci",
    "NATIONAL VARCHAR(10)",
    "character varying(30)",
)
_OTHERS = ("text", "MEDIUMTEXT", "LONGTEXT", "BLOB", "json", "TEXT(300)", "tinyblob")
_PLAIN = (
    "BOOLEAN", "bool", "DECIMAL(10,2)", "decimal( 8 , 3 )", "NUMERIC", "FLOAT", "double precision", "REAL", "DATE", "DATETIME", "datetime(6)", "TIME",
    "YEAR", "TIMESTAMP", "timestamp(3)", "enum('a','b')", "ENUM('x, y', 'it''s')", "set('a','b')", "BINARY(16)", "varbinary(20)", "bit(1)",
    "int(5) unsigned zerofill", "BIGINT UNSIGNED", "dec(5)",
)  # fmt: skip
_ACTIONS = ("CASCADE", "RESTRICT", "NO ACTION", "SET NULL")
_DEFAULTS = {
    "int": ("0", "1", "'5'", "NULL", "-3"),
    "text": ("'draft'", "''", "'it''s'", "NULL", "('a')"),
    "time": ("CURRENT_TIMESTAMP", "NOW()", "NULL", "'2020-01-01 00:00:00'"),
    "enum": ("'a'", "NULL"),
}


class Made(Struct):
    """A table: columns with their types, and what hangs on it by name."""

    columns: dict[str, str]
    indexes: list[str] = field(default_factory=list)
    foreign: list[str] = field(default_factory=list)
    checks: list[str] = field(default_factory=list)


class Shop(Struct):
    tables: dict[str, Made] = field(default_factory=dict)
    views: list[str] = field(default_factory=list)
    number: int = 0

    def fresh(self, prefix: str) -> str:
        self.number += 1
        return f"x_{prefix}{self.number}"


def named(draw: Draw, name: str) -> str:
    """Tables' names have case where the file system has: they are spelled as they were made."""
    return spell(draw, name, " `")


def table_named(draw: Draw, name: str) -> str:
    return (
        name if name in ("users", "orders", "t1") or name.startswith("x_") else f"`{name}`" if chance(draw, 1) else name
    )


def any_table(draw: Draw, shop: Shop) -> str:
    return pick(draw, list(shop.tables)) if shop.tables and not chance(draw, 25) else pick(draw, TABLES)


def columns_of(shop: Shop, table: str) -> dict[str, str]:
    return shop.tables[table].columns if table in shop.tables else {"id": "INT", "name": "varchar(255)"}


def any_type(draw: Draw) -> str:
    return pick(draw, pick(draw, (_INTEGER, _TEXTUAL, _OTHERS, _PLAIN, _PLAIN)))


def kind_of(type_: str) -> str:
    lower = type_.lower()
    if lower in ("datetime", "timestamp"):
        return "time"
    if "enum('a'" in lower:
        return "enum"
    if type_ in _INTEGER:
        return "int"
    return "text" if type_ in _TEXTUAL and "(3)" not in type_ and type_ != "char" else ""


def _expression(draw: Draw, columns: dict[str, str]) -> str:
    number = [name for name, type_ in columns.items() if kind_of(type_) == "int" and name != "id"]
    text = [name for name, type_ in columns.items() if kind_of(type_) == "text"]
    forms = ["1 > 0"]
    if number:
        column = named(draw, pick(draw, number))
        forms = [
            f"{column} > 0",
            f"{column} BETWEEN 1 AND 5",
            f"{column} IN (1, 2, 3)",
            f"{column} <> 3 AND {column} != 4",
            f"NOT ({column} = 3)",
            f"{column} % 2 = 0",
        ]
    if text:
        column = named(draw, pick(draw, text))
        forms += [
            f"{column} IN ('a', 'b')",
            f"length({column}) > 2",
            f"{column} LIKE 'a%'",
            f"{column} IS NOT NULL",
            f"{column} = 'a' OR {column} = 'b'",
            f"lower({column}) = 'x'",
        ]
    return pick(draw, forms)


def column(draw: Draw, name: str, type_: str, others: dict[str, str]) -> str:
    """A definition without keys."""
    parts = [named(draw, name), type_]
    kind = kind_of(type_)
    if chance(draw, 3):
        parts.append("NOT NULL")
    elif chance(draw, 5):
        parts.append("NULL")
    if kind and chance(draw, 3) and others and kind == "int" and type_ == "INT":
        return f"{' '.join(parts[:2])} {pick(draw, ('GENERATED ALWAYS ', ''))}AS ({_expression(draw, others)}) {pick(draw, ('', 'VIRTUAL', 'STORED'))}"
    if kind and chance(draw, 2):
        default = pick(draw, _DEFAULTS[kind])
        if not ("NOT NULL" in parts and default == "NULL") and not (default == "-3" and "unsigned" in type_.lower()):
            parts.append(f"DEFAULT {default}")
    if kind == "time" and chance(draw, 3):
        parts.append("ON UPDATE CURRENT_TIMESTAMP")
    if chance(draw, 6):
        parts.append("COMMENT 'a note; with, commas'")
    return " ".join(parts)


def _key_part(draw: Draw, name: str, type_: str) -> str:
    prefix = (
        "(10)"
        if type_ in _OTHERS and type_ != "json"
        else pick(draw, ("", "", "(5)"))
        if type_ == "varchar(255)"
        else ""
    )
    return named(draw, name) + prefix + pick(draw, ("", "", " DESC", " ASC"))


def key_columns(draw: Draw, columns: dict[str, str]) -> str:
    names = [name for name, type_ in columns.items() if type_ != "json"]
    some = draw(st.lists(st.sampled_from(names), min_size=1, max_size=2, unique=True))
    return ", ".join(_key_part(draw, name, columns[name]) for name in some)


def _foreign(draw: Draw, shop: Shop, table: str, made: Made) -> str:
    """A key that points at an id of the same type: the engine looks."""
    targets = [name for name, other in shop.tables.items() if "id" in other.columns] or [table]
    target = pick(draw, targets)
    of = shop.tables[target].columns["id"] if target in shop.tables else made.columns.get("id", "INT")
    columns = [name for name, type_ in made.columns.items() if type_ == of and name != "id"]
    if not columns:
        return ""
    name = shop.fresh("fk") if chance(draw, 2) else ""
    if name:
        made.foreign.append(name)
    else:
        made.foreign.append(f"{table}_ibfk_{len(made.foreign) + 1}")
    actions = f" ON DELETE {pick(draw, _ACTIONS[:3])}" if chance(draw, 2) else ""
    actions += f" ON UPDATE {pick(draw, _ACTIONS[:3])}" if chance(draw, 3) else ""
    constraint = f"CONSTRAINT {named(draw, name)} " if name else ""
    return f"{constraint}FOREIGN KEY ({named(draw, pick(draw, columns))}) REFERENCES {table_named(draw, target)} (id){actions}"


def constraint(draw: Draw, shop: Shop, table: str, made: Made) -> str:
    kind = draw(st.integers(0, 5))
    if kind == 0:
        name = shop.fresh("c")
        made.checks.append(name)
        return f"CONSTRAINT {name} CHECK ({_expression(draw, made.columns)})"
    if kind == 1:
        name = shop.fresh("u") if chance(draw, 2) else ""
        made.indexes += [name] if name else []
        return f"UNIQUE {pick(draw, ('', 'KEY ', 'INDEX '))}{name} ({key_columns(draw, made.columns)})"
    if kind in (2, 3):
        name = shop.fresh("i") if chance(draw, 2) else ""
        made.indexes += [name] if name else []
        return f"{pick(draw, ('KEY', 'INDEX'))} {name} ({key_columns(draw, made.columns)}){pick(draw, ('', '', ' USING BTREE', chr(32) + 'COMMENT ' + chr(39) + 'x' + chr(39)))}"
    return _foreign(draw, shop, table, made)
