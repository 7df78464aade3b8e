"""Values of Python files: what is handed to calls, what is kept, what is asked for its truth."""

import pytest

from analyzer.facts.file import FileFacts
from analyzer.facts.value import Objects
from tests.extract.python_source import facts
from tests.values import invocations, kept, results, shown


def read(code: str) -> FileFacts:
    return facts(code, "pymongo")


def given(code: str) -> list[str]:
    """What `find` is given, in a function with some parameters."""
    body = "".join(f"    {line}\n" for line in code.splitlines())
    objects = read(f"async def run(users, query, name, flag, rows, **more):\n{body}").objects
    calls = [one.call for one in objects.invocations if shown(one.call.callee).endswith("users>.find")]
    return [", ".join(map(shown, call.arguments)) for call in calls]


EXPRESSIONS = [
    ("{'a': 1, 'b': -1.5, 'c': None, 'd': True}", "{a: 1, b: -1.5, c: null, d: true}"),
    ("{**query, 'a': name}", "{...<query>, a: <name>}"),
    ("{f'items.{name}.qty': 1, 'x' 'y': 2}", "{[`items.{<name>}.qty`]: 1, xy: 2}"),
    ("{'items.%s' % name: 1, 'a.{}.b'.format(name): 2}", "{[`items.{<name>}`]: 1, [`a.{<name>}.b`]: 2}"),
    ("{'a.' + name: 1, name: 2}", "{[`a.{<name>}`]: 1, [<name>]: 2}"),
    ("dict(a=1, **query)", "{a: 1, ...<query>}"),
    ("dict(query, a=1)", "{...<query>, a: 1}"),
    ("SON([('a', 1), ('b', -1)])", "{a: 1, b: -1}"),
    ("{'a': 1} | query", "{a: 1, ...<query>}"),
    ("{k: v for k, v in query.items() if v}", "{...?<query>}"),
    ("{k: 1 for k in rows}", "{[each(<rows>)]?: 1}"),
    ("{'a': {'$in': [row['id'] for row in rows]}}", "{a: {$in: [each(<rows>).id, ..]}}"),
    ("[*rows, 1]", "[1, ..]"),
    ("[1] + [2]", "[1, 2]"),
    ("(await one(name))", "one(<name>)"),
    ("name or 'x'", '(<name> | "x")'),
    ("1 if flag else query", "(1 | <query>)"),
    ("cast(dict[str, int], query)", "(<query> as dict[str,int])"),
    ("copy.deepcopy(query)", "<query>"),
    ("query.copy()", "<query>"),
    ("getattr(query, 'x')", "<query>.x"),
    ("query[name]", "<query>[<name>]"),
    ("query['a']['b'].c[0]", "<query>.a.b.c[0]"),
    ("User.age > name", ">(User.age, <name>)"),
    ("-User.age", "-(User.age)"),
    ("lambda row: row", "fn"),
    ("re.compile('^a')", 're.compile("^a")'),
    ("not name", "?not-operator"),
    ("more['a']", "<more>.a"),
]


@pytest.mark.parametrize(("code", "value"), EXPRESSIONS)
def test_expressions(code: str, value: str) -> None:
    assert given(f"users.find({code})") == [value]


CHANGES = [
    ("q = {'a': 1}\nq['b'] = name", "{a: 1, b: <name>}"),
    ("q = {'a': 1}\nif flag:\n    q['b'] = 2", "{a: 1, b?: 2}"),
    ("q = {}\nif flag:\n    q['a'] = 1\nelse:\n    q['b'] = 1", "{a?: 1, b?: 1}"),
    ("q = {}\nif flag:\n    q['a'] = 1\n    return q", "{}"),
    ("q: dict[str, int] = {'a': 1}\nq.update({'b': 2}, c=3)", "{a: 1, ...{b: 2}, c: 3}"),
    ("q = {'a': 1}\nq |= query", "{a: 1, ...<query>}"),
    ("q = {'a': 1, 'b': 2}\ndel q['a']", "{b: 2}"),
    ("q = {'a': 1, 'b': 2}\nif flag:\n    q.pop('a', None)", "{a?: 1, b: 2}"),
    ("q = {'a': 1}\nq.setdefault('a', 2)\nq.setdefault('b', 3)", "{a: 1, b: 3}"),
    ("q = {'$set': {}}\nq['$set']['a'] = 1", "{$set: {a: 1}}"),
    (
        "q = {'$set': {}}\nfor k, v in query.items():\n    q['$set'][k] = v",
        "{$set: {[each(<query>.items())[0]]?: each(<query>.items())[1]}}",
    ),
    ("q = {}\nq.setdefault('$or', []).append({'a': 1})", "{$or: [{a: 1}]}"),
    ("q = []\nq.append({'a': 1})\nq.extend([2, 3])", "[{a: 1}, 2, 3]"),
    ("q = [1]\nfor row in rows:\n    q.append(row)", "[1, each(<rows>), ..]"),
    ("q = [1]\nif flag:\n    q += [2]", "[1, 2, ..]"),
    ("q = query\nq['a'] = 1", "{...<query>, a: 1}"),
    ("query['a'] = 1\nq = query", "{...<query>, a: 1}"),
    ("q = {'a': 1}\nif flag:\n    q = {'b': 1}", "({a: 1} | {b: 1})"),
    ("if flag:\n    query = {}\nq = query", "(<query> | {})"),
    ("for row in rows:\n    row = {'a': row['x']}\n    q = row", "{a: each(<rows>).x}"),
    ("q = {'a': 1}\nusers.insert_one(q)\nlogger.info(q)\nstr(q)", "{a: 1}"),
    ("q = {'a': 1}\nadd_defaults(q)", "{a: 1, ..}"),
    ("q = {'a': 1}\nx = to_text(q)", "{a: 1}"),
    ("a, q = 1, {'b': 2}", "{b: 2}"),
    ("_, (q, *rest) = query", "<query>[1][0]"),
    ("for index, q in enumerate(rows): pass", "each(<rows>)"),
    ("q = {'f': {'a': 1}}['f']", "{a: 1}"),
]


@pytest.mark.parametrize(("code", "value"), CHANGES)
def test_objects_are_as_they_are_when_used(code: str, value: str) -> None:
    last = "    users.find(q)" if code.endswith(": pass") else "users.find(q)"
    assert given(code.replace(": pass", ":") + f"\n{last}") == [value]


def test_a_change_behind_the_use_is_none() -> None:
    assert given("q = {}\nusers.find(q)\nq['a'] = 1") == ["{}"]


def test_functions_of_the_file_change_what_they_are_given_where_they_do() -> None:
    code = "def fill(q): q['x'] = 1\ndef keep(q): return q['x']\ndef run():\n    a = {}\n    b = {}\n    x = fill(a)\n    x = keep(b)\n    users.find(a, b)\n"
    assert invocations(read(code))[-1] == "users.find({..}, {})"


CHAINS = [
    ("users.find({}).sort('a', -1).limit(5)", ['users.find({}).sort("a", -1).limit(5)']),
    ("cursor = users.find({})\ncursor = cursor.limit(5)", ["users.find({})", "users.find({}).limit(5)"]),
    ("(await get_db())['users'].find_one({})", ["get_db().users.find_one({})", "get_db()"]),
    ("client[name][other].find({})", ["client[name][other].find({})"]),
    ("request.app.mongodb['users'].find(*parts, limit=1, **more)", ["request.app.mongodb.users.find(parts, .., limit=1, **more)"]),
    ("print('x')\nlogger.info('x')\n'a'.join(parts)\nraise HTTPException(404)", []),
]  # fmt: skip


@pytest.mark.parametrize(("code", "calls"), CHAINS)
def test_calls(code: str, calls: list[str]) -> None:
    inside = "".join(f"    {line}\n" for line in code.splitlines())
    assert invocations(read(f"async def run():\n{inside}")) == calls


USES = [
    ("await users.find_one()", ("awaited", "dropped")),
    ("users.find_one()", ("dropped",)),
    ("x = await users.find_one()", ("awaited", "kept")),
    ("if await users.find_one(): pass", ("awaited", "tested")),
    ("if not users.find_one(): pass", ("tested",)),
    ("x = users.find_one() or y", ("tested", "kept")),
    ("x = y if users.find_one() else z", ("tested",)),
    ("async for x in users.find_one(): pass", ("iterated",)),
    ("x = [y async for y in users.find_one()]", ("iterated",)),
    ("x = list(users.find_one())", ("iterated", "listed")),
    ("x = 1 in users.find_one()", ("iterated",)),
    ("return await users.find_one()", ("awaited", "returned")),
    ("yield users.find_one()", ("returned",)),
    ("x = await asyncio.gather(users.find_one(), y())", ("awaited",)),
    ("x = bool(users.find_one())", ("tested",)),
    ("x = users.find_one() is None", ()),
    ("x = f(users.find_one())", ()),
]


@pytest.mark.parametrize(("code", "expected"), USES)
def test_uses(code: str, expected: tuple[str, ...]) -> None:
    found = read(f"async def run():\n    {code}\n").objects.invocations
    assert [one.uses for one in found if shown(one.call) == "users.find_one()"] == [expected]


KEPT = """
client = MongoClient(URL)
db = client["shop"]
first, second = db.first, db.second
app["db"] = db
class Repo(Base[User], Generic[T], metaclass=M):
    table: ClassVar[str] = "users"
    def __init__(self, users: Collection, name="x"):
        super().__init__(users)
        self.users, self.name = users, name
        self.cache: dict[str, int] = {}
        request.app.state.db = users
        local = 1
    class Settings:
        name = "users"
async def connect():
    global db
    db = client.other
"""


def test_names_that_outlive_their_functions() -> None:
    found = read(KEPT)
    assert kept(found) == {
        "client": "MongoClient(URL)",
        "db": "client.other",
        "first": "db.first",
        "second": "db.second",
        "app.db": "db",
        "Repo.table": '"users"',
        "Repo.users": "<users>",
        "Repo.name": "<name>",
        "Repo.cache": "{}",
        "request.app.state.db": "<users>",
        "Repo.Settings.name": '"users"',
    }
    spans = {function.span: function.qualified for function in found.functions}
    places = [(one.name, spans[one.function]) for one in found.objects.kept if one.function is not None]
    assert ("Repo.users", "Repo.__init__") in places
    assert ("db", "connect") in places
    assert invocations(found)[:2] == ["MongoClient(URL)", "super().__init__(<users>)"]


def test_classes() -> None:
    code = "@d(1)\nclass A(B[C], mixin(D), metaclass=M):\n    x: Indexed(str, unique=True) = 1\n    y: Annotated[str, Indexed()]\n    def f(self):\n        self.z: int = 1\n"
    (one,) = read(code).objects.classes
    assert (one.name, [shown(base) for base in one.bases]) == ("A", ["B", "mixin(D)"])
    assert one.attributes == (("x", "Indexed(str,unique=True)"), ("y", "Annotated[str,Indexed()]"), ("z", "int"))
    assert [(name, shown(value)) for name, value in one.injected] == [
        ("x", "Indexed(str, unique=true)"),
        ("y", "Indexed()"),
    ]
    assert [shown(value) for value in one.decorators] == ["d(1)"]


def presets(objects: Objects) -> list[tuple[int, str]]:
    return [(one.index, shown(one.value)) for one in objects.presets]


def test_presets() -> None:
    code = (
        "Db = Annotated[Database, Depends(get_db)]\nclass S:\n    def f(self, a, b=1, *, c: X = Depends(g)): ...\n"
        "def h(db: Db, other: Annotated[X, Depends(k)]): ...\n"
    )
    found = read(code)
    assert presets(found.objects) == [(1, "1"), (2, "Depends(g)"), (0, "Depends(get_db)"), (1, "Depends(k)")]
    assert kept(found) == {"Db": "(Depends(get_db) as Database)"}


def test_what_functions_give() -> None:
    code = "async def get_db():\n    yield client.shop\nf = lambda: client.other\ndef g():\n    return db['users']\n"
    assert results(read(code)) == ["client.shop", "client.other", "db.users"]


def test_what_is_asked_for_its_truth() -> None:
    code = "if db: pass\nif not self.users and x > 1: pass\ny = app.db or 1\nassert (await f()), 1\nz = [a for a in b if a.c]\nwhile bool(other): pass\n"
    found = read(code)
    assert [shown(one) for one in found.objects.tests] == ["db", "self.users", "app.db", "each(b).c", "other"]
    assert [code[one.span.start : one.span.end] for one in found.objects.tests] == [
        "db",
        "self.users",
        "app.db",
        "a.c",
        "other",
    ]


def test_values_that_double_at_every_step_end() -> None:
    code = (
        "def run(users):\n    a0 = [1, 2]\n"
        + "".join(f"    a{i + 1} = [a{i}, a{i}]\n" for i in range(40))
        + "    users.find(a40)\n"
    )
    (call,) = invocations(read(code))
    assert len(call) < 200_000


@pytest.mark.parametrize(
    "code",
    [
        "def f(:\n  x.find({'a': ",
        "x.find(**)\n",
        "class A(:\n x: \n",
        "a[ = 1\ndel a[",
        "{**}.x()",
        "f'{'.find()",
        "x['a'] += \n",
        "if " + " and ".join(f"a{index}" for index in range(2000)) + ": pass\n",
        "x.find(" + "{'a': " * 1000 + "1" + "}" * 1000 + ")",
        "x.find(" + "f(" * 1000 + "1" + ")" * 1000 + ")",
        "x" + ".a" * 2000 + ".find()",
        "x.find(" + " + ".join(["'a'"] * 2000) + ")",
    ],
)
def test_half_edited_files(code: str) -> None:
    assert read(code).path
