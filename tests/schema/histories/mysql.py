"""Random histories of MySQL's definitions, of what MariaDB takes too.

What comes in: draws of hypothesis. What goes out: statements, one after another; they know a little of what exists, so that most succeed. Sources: the
pages CREATE TABLE, ALTER TABLE, CREATE INDEX, RENAME TABLE of MySQL's reference manual. This module does not know what they build.
"""

from hypothesis import strategies as st

from tests.schema.histories.mysql_parts import (
    COLUMNS,
    Made,
    Shop,
    any_table,
    any_type,
    column,
    columns_of,
    constraint,
    key_columns,
    kind_of,
    named,
    table_named,
)
from tests.schema.histories.names import TABLES, Draw, chance, pick, spaced


def create_table(draw: Draw, shop: Shop) -> str:
    name = pick(draw, TABLES)
    columns = {"id": pick(draw, ("INT", "int(11)", "int unsigned", "bigint(20)"))}
    for each in draw(st.lists(st.sampled_from(COLUMNS), min_size=1, max_size=4, unique=True)):
        columns[each] = columns["id"] if chance(draw, 3) else any_type(draw)
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
    parts += [each for each in (constraint(draw, shop, name, made) for _ in range(draw(st.integers(0, 3)))) if each]
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
    return (
        f"CREATE TABLE {pick(draw, ('', '', 'IF NOT EXISTS '))}{table_named(draw, name)} ({', '.join(parts)}) {options}"
    )


def create_like(draw: Draw, shop: Shop) -> str:
    name, table = shop.fresh("like"), any_table(draw, shop)
    shop.tables[name] = Made(dict(columns_of(shop, table)))
    return f"CREATE TABLE {name} {pick(draw, ('LIKE {}', '(LIKE {})')).format(table_named(draw, table))}"


def _add_column(draw: Draw, shop: Shop, table: str, made: Made) -> str:
    new = pick(draw, [each for each in COLUMNS if each not in made.columns] or COLUMNS)
    type_ = any_type(draw)
    text = column(draw, new, type_, made.columns)
    where = pick(draw, ("", "", " FIRST", f" AFTER {named(draw, pick(draw, list(made.columns)))}"))
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
        return f"DROP {pick(draw, ('COLUMN ', ''))}{named(draw, name)}"
    if kind in (4, 5):
        type_ = made.columns.get(name, "INT")
        type_ = type_ if chance(draw, 2) else any_type(draw)
        new = shop.fresh("c") if kind == 5 else name
        where = pick(draw, ("", "", " FIRST", " AFTER id"))
        text = column(draw, new, type_, {})
        made.columns.pop(name, None)
        made.columns[new] = type_
        return (
            f"MODIFY {pick(draw, ('COLUMN ', ''))}{text}{where}"
            if kind == 4
            else f"CHANGE {pick(draw, ('COLUMN ', ''))}{named(draw, name)} {text}{where}"
        )
    if kind == 6:
        new = shop.fresh("r")
        made.columns[new] = made.columns.pop(name, "INT")
        return f"RENAME COLUMN {named(draw, name)} TO {new}"
    if kind in (7, 8):
        return f"ADD {constraint(draw, shop, table, made) or 'COLUMN x_filler' + str(shop.number) + ' INT'}"
    if kind == 9 and made.indexes:
        old = made.indexes.pop()
        return (
            f"DROP {pick(draw, ('INDEX', 'KEY'))} {named(draw, old)}"
            if chance(draw, 2)
            else f"RENAME {pick(draw, ('INDEX', 'KEY'))} {old} TO {old}_"
        )
    if kind == 10 and made.foreign:
        return f"DROP {pick(draw, ('FOREIGN KEY', 'CONSTRAINT'))} `{made.foreign.pop()}`"
    if kind == 11 and made.checks:
        return f"DROP CONSTRAINT {made.checks.pop()}"
    if kind == 12:
        return (
            f"ALTER {pick(draw, ('COLUMN ', ''))}{named(draw, name)} {pick(draw, ('DROP DEFAULT', 'SET DEFAULT 1'))}"
            if kind_of(made.columns.get(name, "")) == "int"
            else "COMMENT = 'x'"
        )
    return pick(
        draw, ("ENGINE=InnoDB", "COMMENT = 'notes'", "AUTO_INCREMENT = 10", "ALGORITHM=INPLACE", "ROW_FORMAT=DYNAMIC")
    )


def alter_table(draw: Draw, shop: Shop) -> str:
    table = any_table(draw, shop)
    made = shop.tables.get(table) or Made({"id": "INT", "name": "INT"})
    actions = [_action(draw, shop, table, made) for _ in range(pick(draw, (1, 1, 1, 2)))]
    if any(each.startswith(("ALTER", "RENAME COLUMN")) for each in actions):
        # Of one statement all old names are those before it.
        actions = actions[:1]
    if len(actions) == 1 and actions[0].startswith("DROP COLUMN") and chance(draw, 2):
        actions = [actions[0].replace("DROP COLUMN", "DROP COLUMN IF EXISTS")]
    return f"ALTER TABLE {table_named(draw, table)} {', '.join(actions)}"


def drop_table(draw: Draw, shop: Shop) -> str:
    table = any_table(draw, shop)
    shop.tables.pop(table, None)
    return f"DROP TABLE {pick(draw, ('', 'IF EXISTS '))}{table_named(draw, table)}"


def rename_table(draw: Draw, shop: Shop) -> str:
    table = any_table(draw, shop)
    new = shop.fresh("t")
    if table in shop.tables:
        shop.tables[new] = shop.tables.pop(table)
        shop.tables[new].foreign = [name.replace(f"{table}_ibfk", f"{new}_ibfk") for name in shop.tables[new].foreign]
    return pick(draw, ("RENAME TABLE {} TO {}", "ALTER TABLE {} RENAME TO {}", "ALTER TABLE {} RENAME {}")).format(
        table_named(draw, table), new
    )


def create_index(draw: Draw, shop: Shop) -> str:
    table = any_table(draw, shop)
    name = shop.fresh("i")
    if table in shop.tables:
        shop.tables[table].indexes.append(name)
    return f"CREATE {pick(draw, ('', '', 'UNIQUE '))}INDEX {named(draw, name)} ON {table_named(draw, table)} ({key_columns(draw, columns_of(shop, table))})"


def drop_index(draw: Draw, shop: Shop) -> str:
    table = any_table(draw, shop)
    made = shop.tables.get(table)
    name = made.indexes.pop() if made is not None and made.indexes else "x_none"
    return f"DROP INDEX {pick(draw, ('', '', 'IF EXISTS '))}{name} ON {table_named(draw, table)}"


def create_view(draw: Draw, shop: Shop) -> str:
    name, table = shop.fresh("v"), any_table(draw, shop)
    shop.views.append(name)
    some = draw(st.lists(st.sampled_from(list(columns_of(shop, table))), min_size=1, max_size=3, unique=True))
    items = ", ".join(f"`{each}`" + pick(draw, ("", f" AS a{at}")) for at, each in enumerate(some))
    return f"CREATE {pick(draw, ('', 'OR REPLACE ', 'ALGORITHM=MERGE SQL SECURITY INVOKER '))}VIEW {name} AS SELECT {items} FROM {table_named(draw, table)}"


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
