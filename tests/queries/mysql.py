"""Random queries of MySQL over a small shop, now and then with one fault.

What comes in: draws of hypothesis. What goes out: definitions, rows, queries. Source: MySQL's reference manual 8.4, chapters 14 and 15.2, as far as MariaDB
has the same. This module does not know what the engine says of them.
"""

import re

from hypothesis import strategies as st

from tests.schema.histories.names import Draw, chance, pick

TABLES = {
    "users": (("id", "INT NOT NULL PRIMARY KEY"), ("email", "VARCHAR(40) NOT NULL"), ("nick", "VARCHAR(20)"), ("born", "DATE"), ("score", "DOUBLE"), ("blob_", "BLOB")),
    "orders": (("id", "BIGINT NOT NULL PRIMARY KEY"), ("user_id", "INT"), ("total", "DECIMAL(10,2) NOT NULL"), ("note", "TEXT"), ("made_at", "DATETIME NOT NULL")),
    "Order Lines": (("order_id", "BIGINT NOT NULL"), ("sku", "CHAR(4) NOT NULL"), ("amount", "SMALLINT"), ("key", "TINYINT")),
}  # fmt: skip
ROWS = (
    "INSERT INTO users VALUES (1, 'a', NULL, NULL, 1.5, NULL), (2, 'b', 'x', '2024-01-02', NULL, 'z')",
    "INSERT INTO orders VALUES (1, 1, 2.50, NULL, '2024-01-02 03:04:05'), (2, NULL, 0, 'n', '2024-02-02'), (3, 9, 1, 'm', '2024-02-03')",
    "INSERT INTO `Order Lines` VALUES (1, 'a', NULL, 1), (1, 'b', 2, NULL)",
)
_EXPRESSIONS = (
    "{}", "{}", "{}", "{}", "1", "'a'", "2.5", "NULL", "({} + 1)", "({} - {})", "({} * 2)", "({} / {})", "({} DIV 2)", "({} % 2)", "({} = {})", "({} <=> {})", "({} IS NULL)", "({} AND {})", "NOT {}", "({} IN ({}, 1))",
    "({} BETWEEN 1 AND {})", "({} LIKE 'a%')", "({} REGEXP 'a')", "COALESCE({}, {})", "IFNULL({}, 'z')", "NULLIF({}, {})", "IF({}, {}, {})", "CASE WHEN {} THEN {} ELSE {} END", "CASE {} WHEN 1 THEN {} END", "CONCAT({}, {})",
    "CONCAT_WS('-', {}, {})", "LENGTH({})", "CHAR_LENGTH({})", "LOWER({})", "SUBSTRING({}, 1, 2)", "REPLACE({}, 'a', 'b')", "ABS({})", "ROUND({}, 1)", "FLOOR({})", "GREATEST({}, {})", "LEAST({}, 1)", "NOW()", "CURDATE()",
    "DATE_FORMAT({}, '%Y')", "YEAR({})", "DATEDIFF({}, NOW())", "JSON_OBJECT('a', {})", "JSON_EXTRACT('[1]', '$[0]')", "JSON_ARRAY({})", "CAST({} AS CHAR)", "CAST({} AS SIGNED)", "MD5({})", "UUID()", "SIGN({})", "LOCATE('a', {})",
    "(SELECT {})", "(SELECT MAX(id) FROM orders)", "EXISTS (SELECT 1 FROM users u9 WHERE u9.id = {})", "nonesuch({})", "LOWER({}, {})", "HEX({})", "FIELD({}, 1, 2)", "LEFT({}, 1)", "TRIM({})", "DATABASE()", "SHA2({}, 256)",
    "DATE_ADD({}, INTERVAL 1 DAY)", "UNIX_TIMESTAMP()", "FIND_IN_SET({}, 'a,b')", "STRCMP({}, {})", "JSON_VALID({})", "LPAD({}, 3, 'x')", "ISNULL({})", "POW({}, 2)", "SQRT({})", "BINARY {}",
)  # fmt: skip
_AGGREGATES = ("COUNT(*)", "COUNT(DISTINCT {})", "SUM({})", "AVG({})", "MIN({})", "MAX({})", "GROUP_CONCAT({} ORDER BY {} SEPARATOR ';')", "GROUP_CONCAT(DISTINCT {})", "JSON_ARRAYAGG({})", "COALESCE(SUM({}), 0)", "BIT_OR({})", "STDDEV({})", "ROW_NUMBER() OVER (ORDER BY {})", "RANK() OVER w", "LAG({}) OVER (ORDER BY {})", "SUM({}) OVER (PARTITION BY {})")  # fmt: skip
_JOINS = (
    "JOIN",
    "INNER JOIN",
    "LEFT JOIN",
    "RIGHT JOIN",
    "CROSS JOIN",
    "STRAIGHT_JOIN",
    ",",
    "NATURAL JOIN",
    "NATURAL LEFT JOIN",
)


class Asker:
    """Writes one query; `faults` may still be made."""

    def __init__(self, draw: Draw, faults: int) -> None:
        self.draw, self.faults = draw, faults

    def query(self) -> str:
        kind = pick(self.draw, ("select", "select", "select", "union", "with", "derived", "update", "delete", "insert"))
        match kind:
            case "union":
                return (
                    f"{self._select(2)} UNION {pick(self.draw, ('', 'ALL '))}{self._select(3 if self._slip() else 2)}"
                )
            case "with":
                return f"WITH c AS ({self._select(1, names=True)}) SELECT {'c.nonesuch' if self._slip() else 'c.n0'}, n0 FROM c"
            case "derived":
                return f"SELECT d.*, {'n9' if self._slip() else 'n1'} FROM ({self._select(2, names=True)}) AS d"
            case "update":
                return f"UPDATE users u {pick(self.draw, ('', 'LEFT JOIN orders o ON o.user_id = u.id '))}SET u.{'nonesuch' if self._slip() else 'nick'} = u.email WHERE u.id = {pick(self.draw, ('1', 'u.score', 'idd' if self._slip() else 'u.id'))}"
            case "delete":
                return f"DELETE {pick(self.draw, ('FROM users', 'u, o FROM users u JOIN orders o ON o.user_id = u.id', 'u FROM users AS u'))} WHERE {'nonesuch' if self._slip() else 'nick'} IS NULL"
            case "insert":
                return f"INSERT {pick(self.draw, ('', 'IGNORE '))}INTO users (id, {'mail' if self._slip() else 'email'}) VALUES (7, 'x'{', 1' if self._slip() else ''}) ON DUPLICATE KEY UPDATE email = VALUES(email), score = score + 1"
        return self._select(self.draw(st.integers(1, 3)))

    def _slip(self) -> bool:
        if self.faults and chance(self.draw, 2):
            self.faults -= 1
            return True
        return False

    def _select(self, width: int, *, names: bool = False) -> str:
        draw = self.draw
        count = draw(st.integers(1, 2))
        chosen = draw(st.lists(st.sampled_from(list(TABLES)), min_size=count, max_size=count, unique=True))
        reach = [(f"t{at}", [column for column, _ in TABLES[table]]) for at, table in enumerate(chosen)]
        source = f"`{chosen[0]}` AS t0"
        if count == 2:
            join = pick(draw, _JOINS)
            shared = join in ("JOIN", "LEFT JOIN", "RIGHT JOIN") and "Order Lines" not in chosen and chance(draw, 2)
            on = (
                " USING (id)"
                if shared
                else ""
                if join.startswith(("NATURAL", ",", "CROSS"))
                else f" ON t0.{self._own(reach[0][1])} = t1.{self._own(reach[1][1])}"
            )
            source += f" {join} `{chosen[1]}` t1{on}"
        gathers = not names and chance(draw, 4)
        items = [self._filled(pick(draw, _AGGREGATES if gathers else _EXPRESSIONS), reach) for _ in range(width)]
        if names:
            items = [f"{item} AS n{at}" for at, item in enumerate(items)]
        elif chance(draw, 4):
            items[0] += pick(draw, (" AS `Unit Price`", " total_x"))
        elif chance(draw, 6) and width == 3:
            items = ["t0.*", "*"] if False else ["t0.*"]
        where = f" WHERE {self._filled(pick(draw, _EXPRESSIONS), reach)}" if chance(draw, 2) else ""
        group = f" GROUP BY {self._filled('{}', reach)}" if gathers and chance(draw, 2) else ""
        window = (
            f" WINDOW w AS (ORDER BY {self._filled('{}', reach)})" if any("OVER w" in item for item in items) else ""
        )
        order = (
            pick(
                draw,
                (
                    "",
                    "",
                    " ORDER BY 1",
                    " ORDER BY 9" if self._slip() else "",
                    f" ORDER BY {self._filled('{}', reach)} DESC",
                ),
            )
            if not names and width == 1
            else ""
        )
        return f"SELECT {pick(draw, ('', '', 'DISTINCT '))}{', '.join(items)} FROM {source}{where}{group}{window}{order}{pick(draw, ('', ' LIMIT 5', ' LIMIT 0, 3')) if width != 2 else ''}"

    def _own(self, columns: list[str]) -> str:
        return f"`{'nonesuch' if self._slip() else pick(self.draw, columns)}`"

    def _filled(self, template: str, reach: list[tuple[str, list[str]]]) -> str:
        return re.sub(r"\{\}", lambda _: self._column(reach), template)

    def _column(self, reach: list[tuple[str, list[str]]]) -> str:
        alias, columns = pick(self.draw, reach)
        name = self._own(columns)
        others = sum(name.strip("`") in each for _, each in reach)
        return name if others == 1 and chance(self.draw, 2) else f"{alias}.{name}"
