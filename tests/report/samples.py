"""One small report made by hand, for the snapshots of every format."""

from analyzer.catalog.named import EnumType
from analyzer.catalog.schema import Schema
from analyzer.catalog.table import Check, Column, ForeignKey, Index, Key, Table
from analyzer.catalog.types import parse_type
from analyzer.facts.file import FileError, FileFacts
from analyzer.facts.part.written import LiteralPart
from analyzer.facts.query import Query
from analyzer.facts.reference import Reference
from analyzer.facts.source import Project, Source, Span
from analyzer.facts.text import Text
from analyzer.findings import Coverage, Edit, Evidence, Finding, Repair, Report, RuleInfo
from analyzer.link.graph import ReferenceGraph
from analyzer.link.linked import Link, LinkedQuery
from analyzer.program.program import build_program
from analyzer.schema.history import History, SchemaSource
from analyzer.sql.resolution import OutputColumn, Resolution, SqlParameter, Statement

MIGRATION = """CREATE TABLE users (
  id INTEGER PRIMARY KEY,
  email TEXT NOT NULL UNIQUE,
  status TEXT NOT NULL DEFAULT 'new' CHECK (status IN ('new', 'paid'))
);
CREATE TABLE orders (
  id INTEGER PRIMARY KEY,
  user_id INTEGER NOT NULL REFERENCES users (id) ON DELETE CASCADE,
  total NUMERIC(10,2)
);
CREATE INDEX orders_user ON orders (user_id) WHERE total > 0;
"""
CODE = """use sqlx::SqlitePool;

pub async fn find(pool: &SqlitePool, id: i64) {
    sqlx::query!("SELECT id, emial FROM users WHERE id = ?", id).fetch_one(pool);
\tsqlx::query("UPDATE users SET náme = '日本語', nick = ? WHERE id = 1").bind("🛒🛒").execute(pool);
}
"""
SQL = "SELECT id, emial FROM users WHERE id = ?"
CODE_PATH, SQL_PATH = "src/db.rs", "migrations/0001_init.sql"
SOURCES = {
    CODE_PATH: Source(CODE_PATH, CODE.encode(), "rust"),
    SQL_PATH: Source(SQL_PATH, MIGRATION.encode(), "sql", "migration"),
}


def span_of(path: str, needle: str, nth: int = 1) -> Span:
    """The nth place of a text in a file."""
    content, wanted, at = SOURCES[path].content, needle.encode(), -1
    for _ in range(nth):
        at = content.index(wanted, at + 1)
    return Span(path, at, at + len(wanted))


def sample() -> Report:
    """Two errors of one cause, a warning with edits, an info, and a file that could not be read."""
    created = Evidence(span_of(SQL_PATH, "CREATE TABLE users ("), 'table "users" is created here')
    repair = Repair('add column "emial" in a migration, or correct the name')
    return Report(
        root="/srv/shop",
        findings=(
            Finding(
                span_of(CODE_PATH, "emial"),
                'table "users" has no column "emial" (did you mean "email"?)',
                "missing-column",
                "error",
                schema="main",
                table="users",
                column="emial",
                symbol="find",
                group="missing-column:main.users",
                evidence=(created,),
                repair=repair,
                fingerprint="a1",
            ),
            Finding(
                span_of(CODE_PATH, "náme"),
                'table "users" has no column "náme"',
                "missing-column",
                "error",
                schema="main",
                table="users",
                column="náme",
                symbol="find",
                group="missing-column:main.users",
                evidence=(created,),
                repair=repair,
                fingerprint="a2",
            ),
            Finding(
                span_of(CODE_PATH, "🛒🛒"),
                'literal "🛒🛒" is not what column "nick" holds',
                "type-mismatch",
                "warning",
                confidence="medium",
                fingerprint="b1",
                repair=Repair(
                    "bind a name", edits=(Edit(span_of(CODE_PATH, "🛒🛒"), "name"),), sql_up=("SELECT 1",), safe=True
                ),
            ),
            Finding(
                span_of(CODE_PATH, "sqlx::query("),
                "the text of this query is not known: dynamic-sql",
                "unresolved-query",
                "info",
                confidence="low",
                fingerprint="c1",
            ),
        ),
        graph=graph(),
        coverage=Coverage(3, 2, 1, 0, 1, 0, 4, 3, {"dynamic-sql": 1}),
        rules=(
            RuleInfo("missing-column", "references", "error", "The code names a column no table has.", _sections()),
            RuleInfo("type-mismatch", "types", "error", "A field cannot hold the column's values.", _sections()),
            RuleInfo("unresolved-query", "usage", "info", "A query that could not be read.", _sections()),
        ),
        errors=(FileError("src/broken.py", "not UTF-8"),),
        notes=(),
        sources=SOURCES,
    )


def _sections() -> dict[str, str]:
    return {
        "Why": "The statement fails the first time it runs.",
        "Example": "corpora/missing-column",
        "Limits": "Only what is proved is said.",
        "Fix": "Add the column, or correct the name.",
    }


def schema() -> Schema:
    """Users and orders in SQLite."""
    return Schema("main", "sqlite", {("", "users"): _users(), ("", "orders"): _orders()}, tainted=frozenset({"carts"}))


def _column(
    name: str, type_: str, needle: str, *, nullable: bool = False, default: str | None = None, generated: str = ""
) -> Column:
    return Column(name, parse_type(type_, "sqlite"), nullable, span_of(SQL_PATH, needle), default, generated)


def _users() -> Table:
    made = span_of(SQL_PATH, "CREATE TABLE users (")
    return Table(
        "users",
        "",
        "table",
        "sqlite",
        made,
        columns=(
            _column("id", "INTEGER", "id INTEGER PRIMARY KEY", generated="auto"),
            _column("email", "TEXT", "email TEXT NOT NULL UNIQUE"),
            _column("status", "TEXT", "status TEXT", default="'new'"),
        ),
        primary_key=Key(("id",), made),
        unique=(Key(("email",), made),),
        checks=(Check("status IN ('new', 'paid')", made, column="status", values=("new", "paid")),),
    )


def _orders() -> Table:
    made = span_of(SQL_PATH, "CREATE TABLE orders (")
    return Table(
        "orders",
        "",
        "table",
        "sqlite",
        made,
        columns=(
            _column("id", "INTEGER", "id INTEGER PRIMARY KEY", generated="auto"),
            _column("user_id", "INTEGER", "user_id INTEGER"),
            _column("total", "NUMERIC(10,2)", "total NUMERIC(10,2)", nullable=True),
        ),
        primary_key=Key(("id",), made),
        foreign_keys=(ForeignKey(("user_id",), "users", ("id",), made, on_delete="cascade"),),
        indexes=(Index("orders_user", ("user_id",), made, where="total > 0"),),
    )


def postgres_schema() -> Schema:
    """A schema with what only PostgreSQL has: an enum, an identity, lengths, a view, a namespace."""
    made = Span(SQL_PATH, 0, 6)
    orders = Table(
        "orders",
        "shop",
        "table",
        "postgres",
        made,
        columns=(
            Column("id", parse_type("bigint", "postgres"), False, made, generated="always"),
            Column("state", parse_type("order_state", "postgres"), False, made, "'new'"),
            Column("code", parse_type("varchar(12)", "postgres"), True, made),
            Column("total", parse_type("numeric(10, 2)", "postgres"), True, made),
            Column("twice", parse_type("numeric(10, 2)", "postgres"), True, made, "total * 2", "stored"),
            Column("sent", parse_type("timestamp(3)[]", "postgres"), True, made),
        ),
        primary_key=Key(("id",), made, "orders_pkey"),
    )
    view = Table("sent orders", "", "view", "postgres", made, query="SELECT id FROM shop.orders", closed=False)
    return Schema(
        "main",
        "postgres",
        {("shop", "orders"): orders, ("", "sent orders"): view},
        enums={"order_state": EnumType("order_state", "", ("new", "it's paid"), made)},
    )


def history(of: Schema) -> History:
    """A history that ends in a schema."""
    sources = (
        SchemaSource("sql-migrations", "sqlx", "migrations", True, "numbered SQL files beside a Cargo.toml with sqlx"),
        SchemaSource("schema-sql", "", "docs/schema.sql", False, "migrations are stronger"),
    )
    return History(of, sources, (), ("",), of.dialect, "feature sqlite of sqlx")


def graph(of: Schema | None = None) -> ReferenceGraph:
    """One query over one schema."""
    file = FileFacts(CODE_PATH, "", "rust", "code", Project(""))
    called = span_of(CODE_PATH, 'sqlx::query!("SELECT id, emial FROM users WHERE id = ?", id)')
    text = span_of(CODE_PATH, f'"{SQL}"')
    here = span_of(CODE_PATH, "users")
    references = (
        Reference(here, "users", None, "read"),
        Reference(here, "users", "id", "read"),
        Reference(here, "users", "emial", "read"),
        Reference(here, "users", "id", "filter"),
    )
    statement = Statement(
        "select",
        columns=(
            OutputColumn("id", parse_type("INTEGER", "sqlite"), False, "users.id"),
            OutputColumn("emial"),
        ),
        parameters=(SqlParameter(39, 40, 1, type=parse_type("INTEGER", "sqlite"), nullable=False, column="users.id"),),
    )
    query = LinkedQuery(
        Query(called, Text(text, (LiteralPart(SQL, text, ((0, text.start + 1),)),)), "sqlx"),
        file,
        SQL,
        "main",
        "sqlite",
        Resolution((statement,), "resolved"),
        "resolved",
        "",
        "find",
        links=tuple(
            Link(reference, "unresolved" if reference.column == "emial" else "resolved") for reference in references
        ),
    )
    return ReferenceGraph(build_program([file]), (history(of or schema()),), (query,))
