"""Functions, loops, origins, imports and models of Python files."""

import pytest

from analyzer.facts.model import HostType
from analyzer.facts.origin import (
    CallOrigin,
    LiteralOrigin,
    LoopOrigin,
    NameOrigin,
    Origin,
    ParameterOrigin,
    UnknownOrigin,
)
from tests.extract.python_source import facts, queries, query

SITE = 'conn.execute("SELECT id FROM users WHERE id = ?", (value,))'


def origin_of(expression: str, before: str = "", *, inside: str = "user_id, users") -> Origin:
    lines = "".join(f"    {line}\n" for line in before.splitlines())
    found = query(f'def find(conn, {inside}):\n{lines}    conn.execute("SELECT ?", ({expression},))\n')
    assert found.arguments is not None
    return found.arguments.values[0].origin


def test_functions_are_qualified_and_leave_self_out() -> None:
    code = "class Users:\n    async def find(self, user_id: int, *ids, deep=False, **more): ...\ndef main(): ...\nkey = lambda row: row\n"
    found = facts(code).functions
    assert [function.qualified for function in found] == ["Users.find", "main", "key"]
    assert [(parameter.name, parameter.type) for parameter in found[0].parameters] == [
        ("user_id", "int"),
        ("ids", ""),
        ("deep", ""),
        ("more", ""),
    ]
    assert found[0].parameters[0].host == HostType("int")


@pytest.mark.parametrize(
    ("code", "kinds", "variables"),
    [
        (f"for value in values:\n    {SITE}", ["for"], [("value",)]),
        (f"async for value in values:\n    {SITE}", ["for"], [("value",)]),
        (f"while value := take():\n    {SITE}", ["while"], [("value",)]),
        (f"while (value := take()) is not None:\n    {SITE}", ["while"], [("value",)]),
        (f"while True:\n    {SITE}", ["while"], [()]),
        (f"[{SITE} for value in values]", ["comprehension"], [("value",)]),
        (f"[\n    {SITE}  # one\n    for value in values\n]", ["comprehension"], [("value",)]),
        (f"{{value: {SITE} for value in values}}", ["comprehension"], [("value",)]),
        (f"[value for value in values if {SITE}]", ["comprehension"], [("value",)]),
        (f"[{SITE} for values in groups for value in values]", ["comprehension"] * 2, [("values",), ("value",)]),
        (f"await asyncio.gather(*({SITE} for value in values))", ["comprehension"], [("value",)]),
        (f"def run():\n    map(lambda value: {SITE}, values)", ["callback"], [("value",)]),
        (f"for key, (value, _) in pairs:\n    {SITE}", ["for"], [("key", "value", "_")]),
    ],
)
def test_a_query_knows_its_loops(code: str, kinds: list[str], variables: list[tuple[str, ...]]) -> None:
    found = facts(f"import sqlite3\n{code}\n")
    loops = {loop.span: loop for loop in found.loops}
    (site,) = found.queries
    assert [loops[span].kind for span in site.loops] == kinds
    assert [loops[span].variables for span in site.loops] == variables
    if variables[-1]:
        assert site.arguments is not None
        assert isinstance(site.arguments.values[0].origin, LoopOrigin)


@pytest.mark.parametrize(
    "code",
    [
        "for row in conn.execute('SELECT 1'):\n    print(row)",
        "[row for row in conn.execute('SELECT 1')]",
        "for row in rows:\n    pass\nelse:\n    conn.execute('SELECT 1')",
        "for row in rows:\n    def later():\n        conn.execute('SELECT 1')",
    ],
)
def test_the_sequence_of_a_loop_is_evaluated_once(code: str) -> None:
    assert query(code).loops == ()


@pytest.mark.parametrize(
    ("over", "items"),
    [("(1, 2, 3)", 3), ("range(3)", 3), ("range(1, 4)", 3), ("range(n)", None), ("NAMES", 2), ("rows", None)],
)
def test_a_literal_sequence_has_a_length(over: str, items: int | None) -> None:
    (loop,) = facts(f"NAMES = ['a', 'b']\nfor value in {over}:\n    pass").loops
    assert loop.items == items


def test_origins() -> None:
    assert origin_of("user_id") == ParameterOrigin(0 + 1, "user_id")
    assert origin_of("5") == LiteralOrigin(5, "number")
    assert origin_of('"a" "b\\n"') == LiteralOrigin("ab\n", "string")
    assert origin_of("None") == LiteralOrigin(None, "null")
    assert isinstance(origin_of("user_id + 1"), UnknownOrigin)
    assert origin_of("user.id", "user = user_id") == ParameterOrigin(1, "user_id")
    assert isinstance(origin_of("row['id']", "row = conn.execute('x')"), CallOrigin)
    assert origin_of("settings.limit") == NameOrigin("settings.limit")
    assert origin_of("self.key", inside="self") == NameOrigin("self.key")
    assert isinstance(origin_of('f"{user_id}"'), UnknownOrigin)


def test_a_comprehension_inside_a_value_is_no_loop_of_the_query() -> None:
    assert isinstance(origin_of("[user.id for user in users]"), UnknownOrigin)


def test_imports_of_every_form() -> None:
    code = "import shop.db as db, os.path\nfrom . import users\nfrom ..shop import (find, load as read)\ndef f():\n    from shop import *\n"
    assert [(entry.module, entry.name, entry.alias) for entry in facts(code).imports] == [
        ("shop.db", "", "db"),
        ("os.path", "", "os.path"),
        (".", "users", "users"),
        ("..shop", "find", "find"),
        ("..shop", "load", "read"),
        ("shop", "*", "*"),
    ]


@pytest.mark.parametrize(
    ("annotation", "expected"),
    [
        ("int", HostType("int")),
        ("Optional[int]", HostType("int", True)),
        ("typing.Optional[datetime.date]", HostType("date", True)),
        ("int | None", HostType("int", True)),
        ("Union[int, None]", HostType("int", True)),
        ('"int | None"', HostType("int", True)),
        ("Annotated[int, Gt(3)] | None", HostType("int", True)),
        ("list[str]", HostType("list", False, ("str",))),
        ("int | str", HostType("")),
        ("int | str | None", HostType("", True)),
        ('Literal["new", "sent"]', HostType("Literal", False, ('"new"', '"sent"'))),
    ],
)
def test_annotations(annotation: str, expected: HostType) -> None:
    (model,) = facts(f"@dataclass\nclass User:\n    value: {annotation}\n").models
    assert model.fields[0].type == expected


def test_models_of_every_kind() -> None:
    code = """
@dataclass(frozen=True)
class User:
    kind: ClassVar[str] = "user"
    id: int
    name: str = ""
    tags: list[str] = field(default_factory=list)
    cached: int = field(init=False)

@attrs.define
class Order(User):
    total: Decimal = field()

class Row(NamedTuple):
    id: int

class Payload(TypedDict):
    id: int

class Body(BaseModel):
    email: str = Field(..., alias="mail")
    age: int | None
    @field_validator("age")
    def check(cls, value): ...

class Plain:
    id: int
"""
    found = {model.name: model for model in facts(code).models}
    assert [(name, model.kind, model.framework) for name, model in found.items()] == [
        ("User", "row", "dataclass"),
        ("Order", "row", "attrs"),
        ("Row", "row", "namedtuple"),
        ("Payload", "row", "typeddict"),
        ("Body", "dto", "pydantic"),
    ]
    assert [(f.name, f.default, f.skip) for f in found["User"].fields] == [
        ("id", False, False),
        ("name", True, False),
        ("tags", True, False),
        ("cached", False, True),
    ]
    assert [field.name for field in found["Order"].fields] == ["id", "name", "tags", "cached", "total"]
    assert [(f.column, f.opaque, f.default) for f in found["Body"].fields] == [
        ("mail", True, False),
        ("age", True, True),
    ]


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ("row = conn.execute(Q).fetchone()\n    return User(*row)", ("position", "User")),
        ("return [User(**r) for r in conn.execute(Q).fetchall()]", ("name", "User")),
        ("conn.execute(Q)\n    return [User(**dict(r)) for r in conn.fetchall()]", ("name", "User")),
        ("rows = await conn.fetch(Q)\n    for r in rows:\n        yield User._make(r)", ("position", "User")),
        ("async with conn.execute(Q) as cur:\n        return User(*await cur.fetchone())", ("position", "User")),
        ("with conn.cursor(row_factory=class_row(User)) as cur:\n        cur.execute(Q)", ("name", "User")),
        ("row = conn.execute(Q).fetchone()\n    return User(*row, 1)", None),
        ("row = conn.execute(Q).fetchone()\n    return User(*row[1:])", None),
        ("for a, b in conn.execute(Q):\n        yield User(*a)", ("name", None)),
        ("if conn:\n        conn.execute(Q)\n    return User(*conn.fetchone())", None),
        ("row = conn.execute(Q).fetchone()\n    return build(*row)", None),
    ],
)
def test_rows_that_become_objects(body: str, expected: tuple[str, str] | None) -> None:
    code = f"import psycopg\nasync def find(conn):\n    {body}\n".replace("Q", '"SELECT id FROM users"')
    row = queries(code)[0].row
    assert (None if row is None else (row.by, row.model)) == expected
