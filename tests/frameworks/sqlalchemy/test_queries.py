"""Statements against SQLAlchemy itself: what it compiles mentions the same tables and columns as what we write for the same expression."""

import re
from collections.abc import Iterator

import pytest

from analyzer.extract.extract import extract
from analyzer.facts.file import FileFacts
from analyzer.facts.query import Query
from analyzer.facts.source import Dependency, Project, Source
from analyzer.program.program import build_program
from analyzer.sql.embed import embed

MODELS = """
from sqlalchemy import *
from sqlalchemy.orm import *

Base = declarative_base()
tags = Table("order_tags", Base.metadata, Column("order_id", ForeignKey("orders.id"), primary_key=True), Column("tag", String, primary_key=True))


class User(Base):
    __tablename__ = "users"
    id = Column(Integer, primary_key=True)
    name = Column(String)
    email = Column("mail", String)
    meta = Column(JSON)
    orders = relationship("Order", back_populates="user")


class Order(Base):
    __tablename__ = "orders"
    id = Column(Integer, primary_key=True)
    user_id = Column(Integer, ForeignKey("users.id"))
    state = Column(String, default="open")
    total = Column(Integer)
    user = relationship("User", back_populates="orders")
    items = relationship("Item", back_populates="order")


class Item(Base):
    __tablename__ = "items"
    id = Column(Integer, primary_key=True)
    order_id = Column(Integer, ForeignKey("orders.id"))
    sku = Column(String)
    order = relationship("Order", back_populates="items")
"""
HEADER = """
from sqlalchemy import *
from sqlalchemy.orm import *
from sqlalchemy.dialects.postgresql import insert as pg_insert
from models import Item, Order, User, tags
"""
COLUMNS = {
    "users": ("id", "name", "mail", "meta"),
    "orders": ("id", "user_id", "state", "total"),
    "items": ("id", "order_id", "sku"),
    "order_tags": ("order_id", "tag"),
}
# What is bound below has these names.
VALUES = {"x": 1, "y": "a", "ids": [1, 2]}
SELECTS = (
    "select(User)",
    "select(User.id, User.email)",
    "select(User).where(User.id == x)",
    "select(User).where(x == User.id, User.name != y)",
    "select(User.id, Order.total).where(Order.user_id == User.id)",
    "select(User, Order).join(User.orders)",
    "select(Order).join(Order.user).where(User.name == y)",
    "select(User).join(Order)",
    "select(Item).join(Order).join(User)",
    "select(User).join(Order, Order.user_id == User.id).join(Item, Item.order_id == Order.id)",
    "select(User).outerjoin(User.orders).where(Order.id.is_(None))",
    "select(Item).join(Item.order).join(Order.user).filter_by(name=y)",
    "select(User).join(User.orders.and_(Order.total > x))",
    "select(func.count()).select_from(User)",
    "select(func.count(Order.id)).select_from(User).join(Order)",
    "select(func.count(distinct(Order.user_id)))",
    "select(User.id).join_from(User, Order, Order.user_id == User.id)",
    "select(Order.user_id, func.sum(Order.total).label('s')).group_by(Order.user_id).having(func.sum(Order.total) > x)",
    "select(User).where(or_(User.name == y, and_(User.id > x, not_(User.email.like(y)))))",
    "select(User).where((User.name == y) & ~(User.id < x) | User.email.is_not(None))",
    "select(User).where(User.id.in_(ids), User.id.not_in([1, 2]))",
    "select(User).where(User.id.between(x, 5), between(User.id, 1, x))",
    "select(User).where(User.name.ilike(y), User.name.contains(y), User.email.startswith(y), User.name.endswith(y))",
    "select(User).where(User.meta['a'].as_string() == y)",
    "select(User).where(User.id.in_(select(Order.user_id).where(Order.total > x)))",
    "select(User).where(select(Order.id).where(Order.user_id == User.id).exists())",
    "select(User).where(exists().where(Order.user_id == User.id))",
    "select(User).where(exists(select(Order.id).where(Order.user_id == User.id)))",
    "select(User).where(~exists(Order.id).where(Order.user_id == User.id))",
    "select(User.id, select(func.count(Order.id)).where(Order.user_id == User.id).scalar_subquery().label('n'))",
    "select(User).where(User.orders.any(Order.total > x))",
    "select(Order).where(Order.user.has(User.name == y))",
    "select(Order).where(Order.user.has(name=y))",
    "select(User).where(~User.orders.any())",
    "select(case((Order.total > x, 'a'), else_=Order.state))",
    "select(cast(Order.total, String), type_coerce(Order.state, Text), literal(1), null())",
    "select(func.coalesce(Order.total, 0), func.lower(User.name)).where(Order.user_id == User.id)",
    "select(func.row_number().over(partition_by=Order.user_id, order_by=Order.id.desc()))",
    "select(extract('year', Order.state), Order.total + Order.id)",
    "select(Order).order_by(Order.total.desc(), asc(Order.id), nulls_last(Order.state)).limit(5).offset(2).distinct()",
    "select(User.id).union(select(Order.id))",
    "union_all(select(User.id), select(Order.user_id).where(Order.total > x))",
    "select(User.__table__.c.mail).where(User.__table__.c.id == x)",
    "select(tags).where(tags.c.order_id == x)",
    "select(tags.c.tag).join(Order, Order.id == tags.c.order_id)",
    "tags.select().where(tags.c.tag == y)",
    "select(Order).where(tuple_(Order.id, Order.total).in_([(1, 2)]))",
    "select(User).with_only_columns(User.id)",
    "select(User.id).add_columns(User.name)",
    "select(User).filter_by(name=y, id=x)",
    "select(Order).where(Order.user == None)",
    "select(aliased(User, name='u2').id)",
)
PREPARED = (
    ("u2 = aliased(User)", "select(User.id).where(User.id < u2.id)"),
    ("u2 = aliased(User)", "select(u2).join(u2.orders)"),
    ("u2 = aliased(User)", "select(Order).join(Order.user.of_type(u2)).where(u2.name == y)"),
    ("u2 = aliased(User)", "select(Order).join(u2, Order.user)"),
    ("sq = select(Order.user_id, func.max(Order.id).label('m')).group_by(Order.user_id).subquery()", "select(User).join(sq, sq.c.user_id == User.id).where(sq.c.m > x)"),
    ("sq = select(Order).where(Order.total > x).subquery()", "select(sq.c.total, sq.c.user_id)"),
    ("sq = select(User).subquery()\n    ua = aliased(User, sq)", "select(ua.email).where(ua.id == x)"),
    ("c = select(Order.id).where(Order.total > x).cte('c')", "select(Item).where(Item.order_id.in_(select(c.c.id)))"),
    ("c = select(Order.id, Order.user_id).cte('c', recursive=True)\n    c = c.union_all(select(Order.id, Order.user_id).join(c, c.c.id == Order.user_id))", "select(c.c.user_id)"),
    ("conds = [User.id == x]\n    conds.append(User.name == y)", "select(User).where(*conds)"),
    ("conds = [User.id == x, User.name == y]", "select(User).where(and_(*conds))"),
    ("narrow = User.email == y", "select(User).where(narrow)"),
    ("M = Order", "select(M.state).where(M.id == x)"),
    ("n = func.count(Order.id)", "select(Order.user_id, n).group_by(Order.user_id).having(n > 1)"),
    ("stmt = select(User)\n    stmt = stmt.where(User.id == x)", "stmt.order_by(User.name)"),
    ("a, b = aliased(User), aliased(Order)", "select(a.id, b.total).where(b.user_id == a.id)"),
    ("lat = select(Item.sku).where(Item.order_id == Order.id).limit(1).lateral('l')", "select(Order.id, lat.c.sku).join(lat, true())"),
)  # fmt: skip
WRITES = (
    "insert(User).values(name=y, email=y)",
    "insert(User).values({'name': y, User.email: y})",
    "insert(User).values([{'name': y}, {'name': 'b'}])",
    "insert(Order).values(user_id=x)",
    "insert(Item).from_select(['order_id', 'sku'], select(Order.id, Order.state))",
    "tags.insert().values(order_id=x, tag=y)",
    "User.__table__.insert().values(mail=y)",
    "pg_insert(User).values(id=x, name=y).on_conflict_do_update(index_elements=['id'], set_={'name': y})",
    "pg_insert(User).values(id=x, name=y).on_conflict_do_nothing(index_elements=[User.id])",
    "update(User).where(User.id == x).values(name=y)",
    "update(User).where(User.id == x).values({User.email: y, 'name': User.email})",
    "update(Order).where(Order.user_id == User.id, User.name == y).values(total=Order.total + 1)",
    "update(Order).values(total=select(func.count(Item.id)).where(Item.order_id == Order.id).scalar_subquery())",
    "delete(User).where(User.id.in_(ids))",
    "delete(Order).where(Order.user_id == User.id, User.name == y)",
    "delete(Order).where(~exists().where(Item.order_id == Order.id))",
    "insert(User).values(name=y).returning(User.id, User.email)",
)


def facts(path: str, code: str) -> FileFacts:
    project = Project("", "shop", (Dependency("sqlalchemy"),))
    return extract(Source(path, code.encode(), "python", project=project))


def lowered(before: str, expression: str) -> Query:
    code = f"{HEADER}\ndef run(session, x, y, ids):\n    {before or 'pass'}\n    session.execute({expression})\n"
    program = build_program([facts("models.py", MODELS), facts("shop.py", code)])
    return program.files["shop.py"].queries[-1]


def compiled(before: str, expression: str) -> str:
    pytest.importorskip("sqlalchemy")
    from sqlalchemy.dialects import postgresql  # noqa: PLC0415 - where it is installed

    space: dict[str, object] = {"__name__": "models"}
    exec(MODELS, space)  # noqa: S102 - the text above
    exec(HEADER.replace("from models import Item, Order, User, tags", ""), space)  # noqa: S102
    exec("\n".join(line.strip() for line in before.splitlines()), space | VALUES, space)  # noqa: S102
    statement = eval(expression, space | VALUES)  # noqa: S307 - the texts above
    return str(statement.compile(dialect=postgresql.dialect()))


def mentioned(sql: str) -> set[tuple[str, str]]:
    """(table, column), aliases of tables put back; (table, "") for a table by itself."""
    sql = sql.replace('"', "").replace("\n", " ")
    tables = {alias: table for table, alias in re.findall(r"\b(\w+) AS (\w+)", sql) if table in COLUMNS}
    found = {(table, "") for table in re.findall(r"\w+", sql) if table in COLUMNS}
    for qualifier, column in re.findall(r"\b(\w+)\.(\w+|\*)", sql):
        table = tables.get(qualifier, qualifier)
        if table in COLUMNS:
            found |= {(table, name) for name in (COLUMNS[table] if column == "*" else (column,))}
    return found


def written(sql: str) -> set[str]:
    names = {name for columns in COLUMNS.values() for name in columns} | COLUMNS.keys()
    without = re.sub(r"%\(\w+\)s(::\w+)?|\$\d+|'[^']*'", "", sql)
    return set(re.findall(r"\w+", without)) & names


def cases() -> Iterator[tuple[str, str]]:
    yield from (("", expression) for expression in SELECTS)
    yield from PREPARED


@pytest.mark.parametrize(("before", "expression"), list(cases()))
def test_a_select_mentions_what_sqlalchemy_mentions(before: str, expression: str) -> None:
    query = lowered(before, expression)
    assert not query.lacking
    assert mentioned(embed(query.text).sql) == mentioned(compiled(before, expression))


@pytest.mark.parametrize("expression", WRITES)
def test_a_write_names_what_sqlalchemy_names(expression: str) -> None:
    query = lowered("", expression)
    assert not query.lacking
    # Of its own accord SQLAlchemy asks for the key of a row.
    known = (
        compiled("", expression) if "returning" in expression else compiled("", expression).partition("RETURNING")[0]
    )
    assert written(embed(query.text).sql) == written(known)


def test_an_upsert_of_mysql() -> None:
    before = "from sqlalchemy.dialects.mysql import insert as add"
    query = lowered(before, "add(User).values(name=y, email=y).on_duplicate_key_update(name=y)")
    assert embed(query.text).sql == (
        'INSERT INTO "users" ("name", "mail") VALUES ($1, $2) ON DUPLICATE KEY UPDATE "name" = $3'
    )


@pytest.mark.parametrize("cut", range(5, 300, 7))
def test_a_file_that_is_being_edited_gives_the_rest(cut: int) -> None:
    whole = f"{HEADER}\ndef first(session):\n    return session.scalars(select(User).where(User.id == 5))\n\n\n"
    edited = (
        "def second(session, x):\n    stmt = select(Order).join(Order.user).where(and_(Order.total > x, User.name == 'a'))\n"
        "    stmt = stmt.order_by(Order.id.desc()).options(selectinload(Order.items))\n"
        "    session.add(User(name=x, **{}))\n    for order in session.scalars(stmt):\n        print(order.items)\n"
    )
    program = build_program([facts("models.py", MODELS), facts("shop.py", whole + edited[:cut])])
    first = program.files["shop.py"].queries[0]
    assert embed(first.text).sql == 'SELECT "users".* FROM "users" WHERE ("users"."id" = $1)'


HOSTILE = (
    "q = select(User)\n" + "q = q.where(q)\n" * 300,
    "a = User.id\n" + "".join(f"a{n} = a{n - 1 if n else ''} & a{n - 1 if n else ''}\n" for n in range(60)) + "select(User).where(a59)",
    "q0 = select(User)\n" + "".join(f"q{n} = union(q{n - 1}, q{n - 1})\n" for n in range(1, 40)),
    "select(" * 300 + "User" + ")" * 300,
    "select(User)" + ".where(User.id == 1)" * 2000,
    "select(User).where(" + "(" * 400 + "User.id" + ")" * 400 + ")",
    "select(User).where(" + " & ".join(["(User.id == 1)"] * 1500) + ")",
    "select(User).where(User.id" + ".x()" * 1500 + ")",
    "s = s.subquery()\nselect(s.c.id).where(s.c.id.in_(s))",
    "t = select(t.c.id).cte('t', recursive=True)\nt = t.union_all(select(t.c.id))\nselect(t)",
    "a = aliased(a)\nselect(a.id)",
    "select(User).join(" + "join(" * 300 + "User" + ", Order)" * 300 + ")",
    "select(User).select_from(User" + ".join(Order)" * 500 + ")",
    "x = " + "1 if select(User) else " * 300 + "2",
    "session.execute(select(User).options(" + "selectinload(User.orders)" + ".joinedload(Order.items)" * 500 + "))",
    "for u in session.query(User):\n" + "".join(" " * n + f"for v{n} in {'u' if n == 1 else f'v{n - 1}'}.orders:\n" for n in range(1, 60)) + " " * 60 + "pass",
    "session.add(User(User(User(User()))))\nsession.add()\nsession.get()\nselect()\ninsert()\nUser.query\nsession.query()\nselect(*)\nupdate(User).values({**x})",
    "select(User.)\nselect(.id)\nselect(User).where(User.id ==)\nsession.query(User.query.query)\ndelete(delete(delete))",
)  # fmt: skip


@pytest.mark.parametrize("code", HOSTILE)
def test_hostile_code_neither_crashes_nor_hangs(code: str) -> None:
    build_program([facts("models.py", MODELS), facts("shop.py", HEADER + code)])
    inner = "\n".join(f"    {line}" for line in code.splitlines())
    build_program([facts("models.py", MODELS), facts("shop.py", f"{HEADER}\ndef run(session, x):\n{inner}\n")])
