"""Random histories of MySQL's definitions, of what MariaDB takes too.

What comes in: draws of hypothesis. What goes out: statements, one after another; they know a little of what exists, so that most succeed. Sources: the
pages CREATE TABLE, ALTER TABLE, CREATE INDEX, RENAME TABLE of MySQL's reference manual. This module does not know what they build.
"""

from hypothesis import strategies as st
from msgspec import Struct, field

from tests.schema.histories.names import TABLES, Draw, chance, pick, spaced, spell

_COLUMNS = ("name", "userId", "user_id", "total", "status", "from", "Unit Price", "created_at", "key", "index")
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


def _name(draw: Draw, name: str) -> str:
    """Tables' names have case where the file system has: they are spelled as they were made."""
    return spell(draw, name, " `")


def _table(draw: Draw, name: str) -> str:
    return (
        name if name in ("users", "orders", "t1") or name.startswith("x_") else f"`{name}`" if chance(draw, 1) else name
    )


def _any_table(draw: Draw, shop: Shop) -> str:
    return pick(draw, list(shop.tables)) if shop.tables and not chance(draw, 25) else pick(draw, TABLES)


def _columns_of(shop: Shop, table: str) -> dict[str, str]:
    return shop.tables[table].columns if table in shop.tables else {"id": "INT", "name": "varchar(255)"}


def _type(draw: Draw) -> str:
    return pick(draw, pick(draw, (_INTEGER, _TEXTUAL, _OTHERS, _PLAIN, _PLAIN)))


def _kind(type_: str) -> str:
    lower = type_.lower()
    if lower in ("datetime", "timestamp"):
        return "time"
    if "enum('a'" in lower:
        return "enum"
    if type_ in _INTEGER:
        return "int"
    return "text" if type_ in _TEXTUAL and "(3)" not in type_ and type_ != "char" else ""


def _expression(draw: Draw, columns: dict[str, str]) -> str:
    number = [name for name, type_ in columns.items() if _kind(type_) == "int" and name != "id"]
    text = [name for name, type_ in columns.items() if _kind(type_) == "text"]
    forms = ["1 > 0"]
    if number:
        column = _name(draw, pick(draw, number))
        forms = [
            f"{column} > 0",
            f"{column} BETWEEN 1 AND 5",
            f"{column} IN (1, 2, 3)",
            f"{column} <> 3 AND {column} != 4",
            f"NOT ({column} = 3)",
            f"{column} % 2 = 0",
        ]
    if text:
        column = _name(draw, pick(draw, text))
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
    parts = [_name(draw, name), type_]
    kind = _kind(type_)
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
    return _name(draw, name) + prefix + pick(draw, ("", "", " DESC", " ASC"))


def _key_columns(draw: Draw, columns: dict[str, str]) -> str:
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
    constraint = f"CONSTRAINT {_name(draw, name)} " if name else ""
    return (
        f"{constraint}FOREIGN KEY ({_name(draw, pick(draw, columns))}) REFERENCES {_table(draw, target)} (id){actions}"
    )


def _constraint(draw: Draw, shop: Shop, table: str, made: Made) -> str:
    kind = draw(st.integers(0, 5))
    if kind == 0:
        name = shop.fresh("c")
        made.checks.append(name)
        return f"CONSTRAINT {name} CHECK ({_expression(draw, made.columns)})"
    if kind == 1:
        name = shop.fresh("u") if chance(draw, 2) else ""
        made.indexes += [name] if name else []
        return f"UNIQUE {pick(draw, ('', 'KEY ', 'INDEX '))}{name} ({_key_columns(draw, made.columns)})"
    if kind in (2, 3):
        name = shop.fresh("i") if chance(draw, 2) else ""
        made.indexes += [name] if name else []
        return f"{pick(draw, ('KEY', 'INDEX'))} {name} ({_key_columns(draw, made.columns)}){pick(draw, ('', '', ' USING BTREE', chr(32) + 'COMMENT ' + chr(39) + 'x' + chr(39)))}"
    return _foreign(draw, shop, table, made)


def create_table(draw: Draw, shop: Shop) -> str:
    name = pick(draw, TABLES)
    columns = {"id": pick(draw, ("INT", "int(11)", "int unsigned", "bigint(20)"))}
    for each in draw(st.lists(st.sampled_from(_COLUMNS), min_size=1, max_size=4, unique=True)):
        columns[each] = columns["id"] if chance(draw, 3) else _type(draw)
    made = Made(columns)
    key = pick(draw, ("inline", "inline", "table", "serial"))
    known: dict[str, str] = {}
    parts = []
    for each, type_ in columns.items():
        parts.append(column(draw, each, type_, known))
        known[each] = type_
    if key == "inline":
        parts[0] = (
            f"id {columns['id']} {pick(draw, ('AUTO_INCREMENT PRIMARY KEY', 'PRIMARY KEY', 'NOT NULL AUTO_INCREMENT PRIMARY KEY', 'PRIMARY KEY AUTO_INCREMENT'))}"
        )
    elif key == "serial":
        columns["id"] = "BIGINT UNSIGNED"
        parts[0] = "id SERIAL"
    else:
        parts[0] = f"id {columns['id']}"
        parts.append("PRIMARY KEY (`id`)")
    parts += [each for each in (_constraint(draw, shop, name, made) for _ in range(draw(st.integers(0, 3)))) if each]
    shop.tables.setdefault(name, made)
    options = pick(
        draw,
        (
            "",
            "ENGINE=InnoDB",
            "ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_ci",
            "COMMENT 'the table; ours'",
            "ENGINE = InnoDB AUTO_INCREMENT = 3",
            "/*!40100 DEFAULT CHARSET=utf8mb4 */",
        ),
    )
    return f"CREATE TABLE {pick(draw, ('', '', 'IF NOT EXISTS '))}{_table(draw, name)} ({', '.join(parts)}) {options}"


def create_like(draw: Draw, shop: Shop) -> str:
    name, table = shop.fresh("like"), _any_table(draw, shop)
    shop.tables[name] = Made(dict(_columns_of(shop, table)))
    return f"CREATE TABLE {name} {pick(draw, ('LIKE {}', '(LIKE {})')).format(_table(draw, table))}"


def _add_column(draw: Draw, shop: Shop, table: str, made: Made) -> str:
    new = pick(draw, [each for each in _COLUMNS if each not in made.columns] or _COLUMNS)
    type_ = _type(draw)
    text = column(draw, new, type_, made.columns)
    where = pick(draw, ("", "", " FIRST", f" AFTER {_name(draw, pick(draw, list(made.columns)))}"))
    made.columns[new] = type_
    del table, shop
    return f"ADD {pick(draw, ('COLUMN ', '', 'COLUMN IF NOT EXISTS '))}{text}{where}"


def _changeable(draw: Draw, made: Made) -> str:
    return pick(draw, [name for name in made.columns if name != "id"] or ["name"])


def _action(draw: Draw, shop: Shop, table: str, made: Made) -> str:
    kind = draw(st.integers(0, 13))
    if kind <= 2:
        return _add_column(draw, shop, table, made)
    name = _changeable(draw, made)
    if kind == 3:
        made.columns.pop(name, None)
        return f"DROP {pick(draw, ('COLUMN ', ''))}{_name(draw, name)}"
    if kind in (4, 5):
        type_ = made.columns.get(name, "INT")
        type_ = type_ if chance(draw, 2) else _type(draw)
        new = shop.fresh("c") if kind == 5 else name
        where = pick(draw, ("", "", " FIRST", " AFTER id"))
        text = column(draw, new, type_, {})
        made.columns.pop(name, None)
        made.columns[new] = type_
        return (
            f"MODIFY {pick(draw, ('COLUMN ', ''))}{text}{where}"
            if kind == 4
            else f"CHANGE {pick(draw, ('COLUMN ', ''))}{_name(draw, name)} {text}{where}"
        )
    if kind == 6:
        new = shop.fresh("r")
        made.columns[new] = made.columns.pop(name, "INT")
        return f"RENAME COLUMN {_name(draw, name)} TO {new}"
    if kind in (7, 8):
        return f"ADD {_constraint(draw, shop, table, made) or 'COLUMN x_filler' + str(shop.number) + ' INT'}"
    if kind == 9 and made.indexes:
        old = made.indexes.pop()
        return (
            f"DROP {pick(draw, ('INDEX', 'KEY'))} {_name(draw, old)}"
            if chance(draw, 2)
            else f"RENAME {pick(draw, ('INDEX', 'KEY'))} {old} TO {old}_"
        )
    if kind == 10 and made.foreign:
        return f"DROP {pick(draw, ('FOREIGN KEY', 'CONSTRAINT'))} `{made.foreign.pop()}`"
    if kind == 11 and made.checks:
        return f"DROP CONSTRAINT {made.checks.pop()}"
    if kind == 12:
        return (
            f"ALTER {pick(draw, ('COLUMN ', ''))}{_name(draw, name)} {pick(draw, ('DROP DEFAULT', 'SET DEFAULT 1'))}"
            if _kind(made.columns.get(name, "")) == "int"
            else "COMMENT = 'x'"
        )
    return pick(
        draw, ("ENGINE=InnoDB", "COMMENT = 'notes'", "AUTO_INCREMENT = 10", "ALGORITHM=INPLACE", "ROW_FORMAT=DYNAMIC")
    )


def alter_table(draw: Draw, shop: Shop) -> str:
    table = _any_table(draw, shop)
    made = shop.tables.get(table) or Made({"id": "INT", "name": "INT"})
    actions = [_action(draw, shop, table, made) for _ in range(pick(draw, (1, 1, 1, 2)))]
    if any(each.startswith(("ALTER", "RENAME COLUMN")) for each in actions):
        # Of one statement all old names are those before it.
        actions = actions[:1]
    if len(actions) == 1 and actions[0].startswith("DROP COLUMN") and chance(draw, 2):
        actions = [actions[0].replace("DROP COLUMN", "DROP COLUMN IF EXISTS")]
    return f"ALTER TABLE {_table(draw, table)} {', '.join(actions)}"


def drop_table(draw: Draw, shop: Shop) -> str:
    table = _any_table(draw, shop)
    shop.tables.pop(table, None)
    return f"DROP TABLE {pick(draw, ('', 'IF EXISTS '))}{_table(draw, table)}"


def rename_table(draw: Draw, shop: Shop) -> str:
    table = _any_table(draw, shop)
    new = shop.fresh("t")
    if table in shop.tables:
        shop.tables[new] = shop.tables.pop(table)
        shop.tables[new].foreign = [name.replace(f"{table}_ibfk", f"{new}_ibfk") for name in shop.tables[new].foreign]
    return pick(draw, ("RENAME TABLE {} TO {}", "ALTER TABLE {} RENAME TO {}", "ALTER TABLE {} RENAME {}")).format(
        _table(draw, table), new
    )


def create_index(draw: Draw, shop: Shop) -> str:
    table = _any_table(draw, shop)
    name = shop.fresh("i")
    if table in shop.tables:
        shop.tables[table].indexes.append(name)
    return f"CREATE {pick(draw, ('', '', 'UNIQUE '))}INDEX {_name(draw, name)} ON {_table(draw, table)} ({_key_columns(draw, _columns_of(shop, table))})"


def drop_index(draw: Draw, shop: Shop) -> str:
    table = _any_table(draw, shop)
    made = shop.tables.get(table)
    name = made.indexes.pop() if made is not None and made.indexes else "x_none"
    return f"DROP INDEX {pick(draw, ('', '', 'IF EXISTS '))}{name} ON {_table(draw, table)}"


def create_view(draw: Draw, shop: Shop) -> str:
    name, table = shop.fresh("v"), _any_table(draw, shop)
    shop.views.append(name)
    some = draw(st.lists(st.sampled_from(list(_columns_of(shop, table))), min_size=1, max_size=3, unique=True))
    items = ", ".join(f"`{each}`" + pick(draw, ("", f" AS a{at}")) for at, each in enumerate(some))
    return f"CREATE {pick(draw, ('', 'OR REPLACE ', 'ALGORITHM=MERGE SQL SECURITY INVOKER '))}VIEW {name} AS SELECT {items} FROM {_table(draw, table)}"


def drop_view(draw: Draw, shop: Shop) -> str:
    name = shop.views.pop() if shop.views else "x_none"
    return f"DROP VIEW {pick(draw, ('', 'IF EXISTS '))}{name}"


_KINDS = (
    create_table, create_table, create_like, alter_table, alter_table, alter_table, alter_table, alter_table, drop_table, rename_table, create_index,
    drop_index, create_view, drop_view,
)  # fmt: skip


@st.composite
def histories(draw: Draw, longest: int = 8) -> list[str]:
    """Statements in order."""
    shop = Shop()
    made = [spaced(draw, create_table(draw, shop)) for _ in range(2)]
    return made + [spaced(draw, pick(draw, _KINDS)(draw, shop)) for _ in range(draw(st.integers(1, longest)))]
