"""Calls of JavaScript database drivers: what all of them share.

What comes in: a Site whose `.scm` captured a call. What goes out: its values, its Arguments, whether it is this driver's at all. Several
drivers call their method `query` or `get`, and so do other libraries: a call counts where the file imports the driver, or where
the project depends on it and the file imports no rival. This module does not know what a driver's values mean.
"""

from collections.abc import Iterable

from tree_sitter import Node

from analyzer.extract.files import FILE
from analyzer.extract.frameworks.framework import Site
from analyzer.extract.javascript.values import value_type
from analyzer.extract.sites import argument, collect
from analyzer.extract.texts import LiteralBuilder, folded, text_of
from analyzer.facts.part.written import BoundPart, HolePart, LiteralPart, NamePart
from analyzer.facts.query import Argument, Arguments
from analyzer.facts.text import Text
from analyzer.sql.recognise import looks_like_sql

# npm packages by driver. Those of one driver share its calls and its placeholders.
PACKAGES: dict[str, frozenset[str]] = {
    "pg": frozenset({"pg", "pg-pool", "pg-native", "pg-cursor", "pg-query-stream", "@neondatabase/serverless", "@vercel/postgres", "@electric-sql/pglite"}),
    "mysql2": frozenset({"mysql2", "mysql", "promise-mysql", "mariadb", "@planetscale/database"}),
    "better_sqlite3": frozenset({"better-sqlite3", "better-sqlite3-multiple-ciphers", "node:sqlite", "bun:sqlite", "@cloudflare/workers-types", "wrangler", "libsql"}),
    "node_sqlite3": frozenset({"sqlite3", "sqlite", "@journeyapps/sqlcipher", "@vscode/sqlite3"}),
    "postgres_js": frozenset({"postgres"}),
}  # fmt: skip
# Other databases, and mappers with a method `query` of their own, that take SQL as well: which one a call means is not certain.
_RIVALS = frozenset(
    {"@google-cloud/bigquery", "@clickhouse/client", "clickhouse", "duckdb", "@duckdb/node-api", "mssql", "oracledb", "snowflake-sdk",
     "cassandra-driver", "sequelize", "knex", "typeorm", "@aws-sdk/client-athena", "@influxdata/influxdb-client", "alasql"}
)  # fmt: skip
# Parts of the names that handles of databases have, and of those that only sound like it.
_HANDLES = (
    "db",
    "database",
    "pool",
    "client",
    "conn",
    "sqlite",
    "mysql",
    "maria",
    "pg",
    "postgres",
    "tx",
    "trx",
    "transaction",
)
_PLAIN_HANDLES = ("db", "database", "sqlite", "conn")
_NO_HANDLES = ("redis", "mongo", "cache", "http", "graphql", "apollo", "sequelize", "knex", "bigquery", "clickhouse", "duckdb", "neo4j", "queryclient", "indexeddb", "influx", "elastic")  # fmt: skip
_SCALARS = frozenset({"template_string", "binary_expression", "unary_expression"})
_SCALAR_TYPES = frozenset({"string", "number", "bigint", "boolean", "Date", "Buffer", "string | null", "number | null"})
_OTHER_DATABASES = (
    "bigquery",
    "clickhouse",
    "duckdb",
    "neo4j",
    "influx",
    "elastic",
    "cassandra",
    "athena",
    "snowflake",
    "mssql",
    "oracle",
)
_FUNCTIONS = frozenset({"arrow_function", "function_expression", "generator_function"})


def values(call: Node) -> list[Node]:
    """The arguments of a call, comments left out."""
    arguments = call.child_by_field_name("arguments")
    return [] if arguments is None else [node for node in arguments.named_children if node.type != "comment"]


def is_function(node: Node) -> bool:
    return node.type in _FUNCTIONS


def is_driver(site: Site, driver: str) -> bool:
    """Whether the file shows this driver, or its project does and the file shows no other."""
    imported = _imported(site)
    if imported:
        return driver in imported
    if site.scope.structure.modules & _RIVALS:
        return False
    return _is_near(site.source.content, driver) or site.source.project.depends_on(PACKAGES[driver])


def is_imported(site: Site, driver: str) -> bool:
    return driver in _imported(site)


def rivals(site: Site, drivers: Iterable[str]) -> frozenset[str]:
    """Those of `drivers` that this file may be using."""
    imported = _imported(site)
    return frozenset(
        driver
        for driver in drivers
        if (driver in imported if imported else site.source.project.depends_on(PACKAGES[driver]))
    )


def _imported(site: Site) -> frozenset[str]:
    roots = {_package(module) for module in site.scope.structure.modules}
    return frozenset(driver for driver, packages in PACKAGES.items() if packages & roots)


def _package(module: str) -> str:
    """`mysql2/promise` -> mysql2, `@scope/name/sub` -> @scope/name."""
    return "/".join(module.split("/")[: 2 if module.startswith("@") else 1])


def _is_near(content: bytes, driver: str) -> bool:
    """Types that only this driver has, where a file gets its handle from elsewhere."""
    return driver == "better_sqlite3" and b"D1Database" in content


def is_handle(site: Site, *, shared: bool = False) -> bool:
    """Whether the call's receiver has a database's name; `shared` where the method is one that everything has (`get`, `run`)."""
    name = handle(site)
    known = _PLAIN_HANDLES if shared else _HANDLES
    return any(part in name for part in known) and not any(part in name for part in _NO_HANDLES)


def handle(site: Site) -> str:
    """The last name of the receiver, in lower case: `this.db` -> db, `getPool()` -> getpool."""
    node = site.node("query.handle")
    return "" if node is None else folded(node, 200).removesuffix("()").rpartition(".")[2].lower()


def is_plausible(site: Site, text: Text, driver: str, *, shared: bool = False) -> bool:
    """Whether a text at this site is a query: it begins like SQL; or is not known, and the handle is a database's."""
    first = next((part for part in text.parts if not isinstance(part, LiteralPart) or part.value.strip()), None)
    if isinstance(first, LiteralPart):
        return _is_statement(site, text.skeleton)
    if isinstance(first, NamePart) and first.name.startswith(FILE):
        return is_handle(site) or is_imported(site, driver)
    if isinstance(first, NamePart):
        constant = site.scope.constant(first.name)
        if constant and isinstance(constant[0], LiteralPart):
            return _is_statement(site, Text(text.span, constant).skeleton)
    if not isinstance(first, HolePart | NamePart):
        return False
    return is_handle(site, shared=shared) and (not shared or is_imported(site, driver))


def _is_statement(site: Site, sql: str) -> bool:
    """`select` alone is a word and an element: on what is no database by its name, a table must follow."""
    if not looks_like_sql(sql) or any(part in handle(site) for part in _OTHER_DATABASES):
        return False
    return is_handle(site) or sql.lstrip()[:6].lower() != "select" or " from " in f" {' '.join(sql.lower().split())} "


def bound_list(site: Site, node: Node | None) -> Arguments:
    """What an array binds, also through a name; nothing where there is no node or only a callback."""
    if node is None or is_function(node):
        return Arguments()
    found = site.scope.bound(node)
    if found is not None and found[0].type in ("undefined", "null"):
        return Arguments()
    if found is None or found[0].type != "array" or found[1]:
        return Arguments((), complete=False)
    return collect(site, found[0].named_children, value_type)


def entries(site: Site, node: Node) -> dict[str, Node] | None:
    """Values of an object literal by key, also through a name; None where it is none, or has more than can be seen."""
    found = site.scope.bound(node)
    if found is None or found[0].type != "object" or found[1]:
        return None
    by_key: dict[str, Node] = {}
    for child in found[0].named_children:
        key, value = child.child_by_field_name("key"), child.child_by_field_name("value")
        if child.type == "pair" and key is not None and value is not None and key.type != "computed_property_name":
            by_key[text_of(key).strip("'\"")] = value
        elif child.type == "shorthand_property_identifier":
            by_key[text_of(child)] = child
        elif child.type != "comment":
            return None
    return by_key


def bound_object(site: Site, by_key: dict[str, Node] | None) -> Arguments:
    """What an object binds by name, the sigil of its keys taken off."""
    if by_key is None:
        return Arguments((), complete=False)
    return Arguments(tuple(argument(site, value, key.lstrip(":@$"), value_type) for key, value in by_key.items()))


def key_part(site: Site, key: str, value: Node) -> LiteralPart:
    """The key of an entry as text, at its place."""
    parent = value.parent
    named = value if value.type == "shorthand_property_identifier" or parent is None else parent.named_children[0]
    quote = 1 if text_of(named)[:1] in "'\"" else 0
    builder = LiteralBuilder(site.source.path, site.source.content)
    start = named.start_byte + quote
    builder.raw(start, start + len(key.encode()))
    return builder.finish(start, named.end_byte - quote)


def made(site: Site, value: str, at: int) -> LiteralPart:
    """Text that a driver writes, at the byte where it takes the place of something."""
    builder = LiteralBuilder(site.source.path, site.source.content)
    builder.escape(value, at, at)
    return builder.finish(at, at)


def bound_values(site: Site, nodes: list[Node]) -> Arguments:
    """What the rest of a call binds: one array, one object, or values one by one; a trailing callback is none of them."""
    # An array is no value of SQLite: behind it stands a callback, by whatever name.
    named = len(nodes) == 2 and nodes[0].type == "array"
    nodes = nodes[:-1] if nodes and (is_function(nodes[-1]) or named) else nodes
    if len(nodes) != 1:
        collected = collect(site, nodes, value_type)
        # better-sqlite3 takes an object for the names beside the values.
        mixed = any(node.type == "object" for node in nodes)
        return Arguments(collected.values, complete=collected.complete and not mixed)
    found = site.scope.bound(nodes[0])
    kind = found[0].type if found is not None else ""
    match kind:
        case "array":
            return bound_list(site, nodes[0])
        case "object":
            return bound_object(site, entries(site, nodes[0]))
        case _ if kind in site.scope.syntax.literals or kind in _SCALARS or _is_scalar(site, nodes[0]):
            return collect(site, nodes, value_type)
        case _:
            # A name may stand for one value, an array or an object: what it comes from is known, how many it is not.
            return Arguments(collect(site, nodes, value_type).values, complete=False)


def bound_parts(text: Text) -> Arguments | None:
    """What a tag binds; None where it binds nothing."""
    values = tuple(Argument(part.span, part.origin) for part in text.parts if isinstance(part, BoundPart))
    return Arguments(values, complete=text.is_complete) if values else None


def _is_scalar(site: Site, node: Node) -> bool:
    """Whether a parameter is declared as one value."""
    if site.scope.unwrapped(node).type != "identifier":
        return False
    found = site.scope.meaning(text_of(site.scope.unwrapped(node)), node.start_byte).parameter
    return found is not None and found[1].parameters[found[0]].type in _SCALAR_TYPES
