"""Random statements of SQLite: queries and writes, now and then with one fault.

What comes in: draws of hypothesis and a shop. What goes out: SQL. Sources: sqlite.org/lang_select.html, lang_insert.html, lang_upsert.html,
lang_update.html, lang_delete.html, lang_returning.html, lang_with.html. This module does not know what the engine says of them.
"""

from hypothesis import strategies as st

from tests.queries.sqlite_expressions import Pen, Reach, Source, column, condition, expression, name
from tests.queries.sqlite_shop import Made, Shop
from tests.schema.histories.names import Draw, chance, pick


class Writer:
    """Writes statements over a shop. `ctes` are the names a WITH clause gave."""

    def __init__(self, draw: Draw, shop: Shop, faults: int) -> None:
        self.draw = draw
        self.shop = shop
        self.ctes: list[Source] = []
        self.depth = 0
        self.pen = Pen(draw, self._subquery, faults)

    def statement(self) -> str:
        kind = pick(
            self.draw,
            ("select", "select", "select", "select", "compound", "with", "insert", "update", "delete", "values"),
        )
        match kind:
            case "insert":
                return self._insert()
            case "update":
                return self._update()
            case "delete":
                return self._delete()
            case "values":
                return self._values(self.draw(st.integers(1, 3)))
            case "with":
                return self._with()
            case "compound":
                return self.compound(Reach())
        return self.select(Reach())

    def _subquery(self, outer: Reach, width: int) -> str:
        if self.depth >= 2:
            return "SELECT " + ", ".join("1" for _ in range(max(1, width)))
        self.depth += 1
        reach = Reach(outer=Reach(outer.sources, outer.outer, [], outer.merged))
        made = self.compound(reach, width) if chance(self.draw, 8) else self.select(reach, width)
        self.depth -= 1
        return made

    def _relation(self, reach: Reach) -> str:
        """One item of FROM, added to the reach."""
        draw, pen = self.draw, self.pen
        alias = pen.fresh("r")
        kind = pick(draw, ("table", "table", "table", "table", "cte", "query", "function", "values"))
        if kind == "cte" and self.ctes:
            cte = pick(draw, self.ctes)
            reach.sources.append(Source(alias, cte.columns))
            return f"{name(pen, cte.alias)} AS {alias}"
        if kind == "query" and self.depth < 2:
            self.depth += 1
            inner = Reach(outer=reach.outer)
            listed = self.select(inner, self.draw(st.integers(1, 3)), named=True)
            self.depth -= 1
            reach.sources.append(Source(alias, inner.outputs))
            return f"({listed}) {alias}"
        if kind == "values":
            reach.sources.append(Source(alias, ["column1", "column2"]))
            return f"(VALUES (1, 'a'), (2, NULL)) AS {alias}"
        if kind == "function":
            made, columns = pick(draw, _FUNCTIONS)
            reach.sources.append(Source(alias, list(columns)))
            return f"{made} AS {alias}"
        if pen.slip(10):
            reach.sources.append(Source(alias, ["id"]))
            return f"nonesuch AS {alias}"
        table = pick(draw, self.shop.tables)
        if chance(draw, 3) and not any(each.alias.lower() == table.name.lower() for each in reach.sources):
            alias = table.name
            reach.sources.append(Source(alias, table.columns, table.rowid))
            return pick(draw, ("", "", "main.")) + name(pen, table.name)
        reach.sources.append(Source(alias, table.columns, table.rowid))
        return f"{name(pen, table.name)}{pick(draw, (' AS ', ' '))}{alias}"

    def _from(self, reach: Reach) -> str:
        out = self._relation(reach)
        for _ in range(self.draw(st.sampled_from((0, 0, 0, 1, 1, 2)))):
            before = [each.lower() for source in reach.sources for each in source.columns]
            join = pick(self.draw, _JOINS)
            item = self._relation(reach)
            after = [each.lower() for each in reach.sources[-1].columns]
            shared = [each for each in after if before.count(each) == 1 or each in reach.merged]
            if "NATURAL" in join:
                reach.merged += [each for each in after if each in before]
                out += f" {join} {item}"
            elif shared and chance(self.draw, 2) and join not in (",", "CROSS JOIN"):
                merged = pick(self.draw, shared)
                reach.merged.append(merged)
                out += f" {join} {item} USING ({name(self.pen, 'nonesuch' if self.pen.slip(6) else merged)})"
            elif join in (",", "CROSS JOIN"):
                out += f"{'' if join == ',' else ' '}{join} {item}"
            else:
                out += f" {join} {item} ON {condition(self.pen, reach, 1)}"
        return out

    def select(self, reach: Reach, width: int = -1, *, named: bool = False) -> str:
        """A SELECT; `reach` gets what it reads and gives. A width of 0 or less is anybody's."""
        draw, pen = self.draw, self.pen
        source = f" FROM {self._from(reach)}" if not chance(draw, 12) else ""
        grouped = bool(source) and chance(draw, 4)
        inside = Reach(
            reach.sources,
            reach.outer,
            [],
            reach.merged,
            windows=bool(source) and chance(draw, 4),
            aggregates=grouped or chance(draw, 8),
        )
        items = self._items(inside, width, named=named)
        reach.outputs = inside.outputs
        where = (
            f" WHERE {condition(pen, self._clause(reach, aggregates=pen.slip(8)))}"
            if source and chance(draw, 2)
            else ""
        )
        group = self._group(reach) if grouped else ""
        # A window that nobody named is a fault the engine finds.
        window = (
            f" WINDOW named AS (PARTITION BY {expression(pen, Reach(reach.sources, reach.outer, [], reach.merged), 1)})"
            if " named" in items
            else ""
        )
        order = self._order(reach, items) if chance(draw, 3) else ""
        limit = pick(
            draw, ("", "", " LIMIT 2", *([" LIMIT ? OFFSET 1"] if pen.parameters else []), " LIMIT 1, 2", " LIMIT -1")
        )
        return (
            f"SELECT {pick(draw, ('', '', '', 'DISTINCT ', 'ALL '))}{items}{source}{where}{group}{window}{order}{limit}"
        )

    def _clause(self, reach: Reach, *, aggregates: bool = False) -> Reach:
        return Reach(reach.sources, reach.outer, reach.outputs, reach.merged, aggregates=aggregates)

    def _items(self, reach: Reach, width: int, *, named: bool) -> str:
        draw, pen = self.draw, self.pen
        if width <= 0 and not named and reach.sources and chance(draw, 5):
            return pick(
                draw,
                (
                    "*",
                    f"{name(pen, reach.sources[-1].alias)}.*",
                    f"{name(pen, reach.sources[0].alias)}.*, *",
                    "*, 1 AS one",
                ),
            )
        items, outputs = [], []
        for _ in range(width if width > 0 else draw(st.integers(1, 3))):
            made = expression(pen, reach, 3) if not chance(draw, 3) else column(pen, reach)
            if named or chance(draw, 3):
                alias = pen.fresh("c") if named or not chance(draw, 8) else "Unit Price"
                outputs.append(alias)
                made += f"{pick(draw, (' AS ', ' AS ', ' '))}{name(pen, alias) if not made.endswith('?') else alias}"
            items.append(made)
        reach.outputs = outputs
        return ", ".join(items)

    def _group(self, reach: Reach) -> str:
        inside = self._clause(reach)
        items = ", ".join(
            expression(self.pen, inside, 1) if not chance(self.draw, 5) else "1"
            for _ in range(self.draw(st.integers(1, 2)))
        )
        having = f" HAVING {condition(self.pen, self._clause(reach, aggregates=True))}" if chance(self.draw, 3) else ""
        return f" GROUP BY {items}{having}"

    def _order(self, reach: Reach, items: str) -> str:
        wide = items.count(",") == 0 and "*" not in items
        item = (
            "1"
            if chance(self.draw, 4)
            else "5"
            if wide and self.pen.slip(4)
            else expression(self.pen, self._clause(reach), 1)
        )
        return f" ORDER BY {item}{pick(self.draw, ('', ' DESC', ' ASC NULLS LAST', ' COLLATE NOCASE'))}"

    def compound(self, reach: Reach, width: int = -1) -> str:
        """Set operations, ordered by the result's columns."""
        width = width if width > 0 else self.draw(st.integers(1, 3))
        first = Reach(outer=reach.outer)
        arms = [self._arm(first, width)]
        for _ in range(self.draw(st.integers(1, 2))):
            off = 1 if self.pen.slip(5) else 0
            arms.append(self._arm(Reach(outer=reach.outer), width + off))
        reach.outputs = first.outputs
        sql = arms[0] + "".join(
            f" {pick(self.draw, ('UNION', 'UNION ALL', 'EXCEPT', 'INTERSECT'))} {arm}" for arm in arms[1:]
        )
        order = pick(
            self.draw,
            (
                "1",
                str(width),
                *(name(self.pen, each) for each in first.outputs),
                *(["nonesuch"] if self.pen.slip(5) else []),
            ),
        )
        return sql + (f" ORDER BY {order}" if chance(self.draw, 3) and not arms[-1].startswith("VALUES") else "")

    def _arm(self, reach: Reach, width: int) -> str:
        if chance(self.draw, 8):
            return self._values(width)
        source = f" FROM {self._from(reach)}" if not chance(self.draw, 6) else ""
        inside = Reach(reach.sources, reach.outer, [], reach.merged)
        items = self._items(inside, width, named=False)
        reach.outputs = inside.outputs
        where = f" WHERE {condition(self.pen, reach, 1)}" if source and chance(self.draw, 3) else ""
        return f"SELECT {items}{source}{where}"

    def _values(self, width: int) -> str:
        rows = [
            ", ".join(expression(self.pen, Reach(), 1) for _ in range(width + (1 if at and self.pen.slip(4) else 0)))
            for at in range(self.draw(st.integers(1, 2)))
        ]
        return "VALUES " + ", ".join(f"({row})" for row in rows)

    def _with(self) -> str:
        parts = []
        # What nobody reads is not compiled.
        faults, self.pen.faults = self.pen.faults, 0
        recursive = False
        for _ in range(self.draw(st.integers(1, 2))):
            cte, inner = self.pen.fresh("w"), Reach()
            if chance(self.draw, 4):
                recursive = True
                columns = ["n", "Label"]
                parts.append(
                    f"{cte}(n, Label) AS (VALUES (1, 'a') UNION ALL SELECT n + 1, Label || 'x' FROM {cte} WHERE n < 3)"
                )
            else:
                body = self.select(inner, self.draw(st.integers(1, 3)), named=True)
                columns = inner.outputs
                listed = ""
                if chance(self.draw, 3):
                    columns = [self.pen.fresh("k") for _ in columns]
                    listed = f"({', '.join([*columns, *(['more'] if self.pen.slip(4) else [])])})"
                parts.append(
                    f"{cte}{listed} AS {pick(self.draw, ('', '', 'MATERIALIZED ', 'NOT MATERIALIZED '))}({body})"
                )
            self.ctes.append(Source(cte, columns))
        self.pen.faults = faults
        body = pick(self.draw, (self.select, self.select, self.compound))(Reach())
        return f"WITH {'RECURSIVE ' if recursive or chance(self.draw, 4) else ''}{', '.join(parts)} {body}"

    def _target(self) -> Made:
        return pick(self.draw, [each for each in self.shop.tables if not each.is_view])

    def _insert(self) -> str:
        draw, pen = self.draw, self.pen
        table = self._target()
        columns = draw(st.lists(st.sampled_from(table.columns), min_size=1, unique=True)) if chance(draw, 2) else []
        width = len(columns) or len(table.columns)
        if pen.slip(4):
            width += 1
        listed = [*columns]
        if columns and pen.slip(4):
            listed[0] = "nonesuch"
        names = f" ({', '.join(name(pen, each) for each in listed)})" if columns else ""
        alias = f" AS {pen.fresh('t')}" if chance(draw, 4) else ""
        verb = pick(draw, ("INSERT", "INSERT", "INSERT OR IGNORE", "INSERT OR REPLACE", "REPLACE"))
        upsert = bool(table.unique) and chance(draw, 2)
        if chance(draw, 3):
            source = self.select(Reach(), width)
            source = source if not upsert else f"SELECT * FROM ({source}) WHERE true"
        else:
            source = self._values(width)
        tail = self._conflict(table, alias[4:]) if upsert else ""
        return f"{verb} INTO {name(pen, table.name)}{alias}{names} {source}{tail}{self._returning(table, alias[4:])}"

    def _conflict(self, table: Made, alias: str) -> str:
        keys = pick(self.draw, table.unique)
        target = f" ({', '.join(name(self.pen, each) for each in keys)})" if not chance(self.draw, 5) else ""
        if not target or chance(self.draw, 3):
            return f" ON CONFLICT{target} DO NOTHING"
        own = Source(alias or table.name, table.columns)
        reach = Reach([own, Source("excluded", table.columns)], merged=[each.lower() for each in table.columns])
        where = f" WHERE {condition(self.pen, reach, 1)}" if chance(self.draw, 3) else ""
        return f" ON CONFLICT{target} DO UPDATE SET {self._set(table, reach)}{where}"

    def _set(self, table: Made, reach: Reach) -> str:
        left = "nonesuch" if self.pen.slip(5) else pick(self.draw, table.columns)
        if chance(self.draw, 6):
            return f"({name(self.pen, left)}, {name(self.pen, table.columns[-1])}) = ({expression(self.pen, reach, 1)}, {expression(self.pen, reach, 1)}{', 3' if self.pen.slip(3) else ''})"
        return f"{name(self.pen, left)} = {expression(self.pen, reach, 2)}"

    def _returning(self, table: Made, alias: str) -> str:
        if not chance(self.draw, 2):
            return ""
        reach = Reach([Source(alias or table.name, table.columns)])
        return f" RETURNING {pick(self.draw, ('*', '*, 1', expression(self.pen, reach, 2), column(self.pen, reach) + ' AS back'))}"

    def _update(self) -> str:
        draw, pen = self.draw, self.pen
        table = self._target()
        alias = pen.fresh("t") if chance(draw, 3) else ""
        own = Source(alias or table.name, table.columns, table.rowid)
        reach = Reach([own])
        source = ""
        if chance(draw, 3):
            others = Reach()
            source = f" FROM {self._from(others)}"
            if any(each.alias.lower() == own.alias.lower() for each in others.sources):
                source, others = "", Reach()
            reach = Reach([own, *others.sources])
        sets = self._set(table, reach)
        where = f" WHERE {condition(pen, reach)}" if chance(draw, 2) else ""
        or_ = pick(draw, ("", "", "OR IGNORE ", "OR REPLACE "))
        return f"UPDATE {or_}{name(pen, table.name)}{f' AS {alias}' if alias else ''} SET {sets}{source}{where}{self._returning(table, alias) if not source else ''}"

    def _delete(self) -> str:
        table = self._target()
        alias = self.pen.fresh("t") if chance(self.draw, 3) else ""
        reach = Reach([Source(alias or table.name, table.columns, table.rowid)])
        where = f" WHERE {condition(self.pen, reach)}" if not chance(self.draw, 5) else ""
        return f"DELETE FROM {name(self.pen, table.name)}{f' AS {alias}' if alias else ''}{where}{self._returning(table, alias)}"


_JOINS = (
    "JOIN",
    "INNER JOIN",
    "LEFT JOIN",
    "LEFT OUTER JOIN",
    "RIGHT JOIN",
    "FULL JOIN",
    "FULL OUTER JOIN",
    "CROSS JOIN",
    ",",
    "NATURAL JOIN",
    "NATURAL LEFT JOIN",
)
_EACH = ("key", "value", "type", "atom", "id", "parent", "fullkey", "path")
_FUNCTIONS = (
    ("json_each('[1, null, \"a\"]')", _EACH),
    ("json_tree('{\"a\": [1]}')", _EACH),
    ("pragma_table_info('users')", ("cid", "name", "type", "notnull", "dflt_value", "pk")),
    ("pragma_index_list('users')", ("seq", "name", "unique", "origin", "partial")),
    ("sqlite_schema", ("type", "name", "tbl_name", "rootpage", "sql")),
)


def view(draw: Draw, shop: Shop, number: int) -> tuple[str, Made]:
    """A view over what there is."""
    writer, inner = Writer(draw, shop, 0), Reach()
    writer.pen.parameters = False
    listed = writer.select(inner, draw(st.integers(1, 3)), named=True)
    columns = inner.outputs
    names = ""
    if chance(draw, 3):
        columns = [f"n{at}" for at, _ in enumerate(columns)]
        names = f" ({', '.join(columns)})"
    return f"CREATE VIEW v{number}{names} AS {listed}", Made(f"v{number}", columns, rowid=False, is_view=True)
