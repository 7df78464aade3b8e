"""What the values of a JavaScript or TypeScript file are: calls at their places, what is kept, classes."""

import pytest

from analyzer.facts.file import FileFacts
from tests.extract.javascript import facts
from tests.values import invocations, kept, results, shown

_LIBRARY = ("mongodb",)


def read(code: str, language: str = "typescript") -> FileFacts:
    return facts(code, language, _LIBRARY)  # type: ignore[arg-type]


def last(code: str) -> str:
    return invocations(read(code))[-1]


@pytest.mark.parametrize(
    ("written", "value"),
    [
        ("{ a: 1, 'b': -2.5, 3: 'x' }", '{a: 1, b: -2.5, 3: "x"}'),
        ("{ a, [k]: 1, ['c']: 2, [`d.${i}`]: 3 }", "{a: a, [k]: 1, c: 2, [`d.{i}`]: 3}"),
        ("{ ...q, ...(deep && { a: 1 }), m() {} }", "{...q, ...?{a: 1}, m: fn}"),
        ("{ a: x ? 1 : 2, b: x ?? y, c: x || y || z }", "{a: (1 | 2), b: (x | y), c: (x | y | z)}"),
        ("[1, , true, null, undefined, /^a/i]", "[1, true, null, null, /^a/]"),
        ("[...[1, 2], 3]", "[1, 2, 3]"),
        ("[...some, 3]", "[3, ..]"),
        ("'a' + b + \"c\"", "`a{b}c`"),
        ("`a${'b'}c`", '"abc"'),
        ("a + 1", "?arithmetic"),
        ("60 * 60", "?arithmetic"),
        ("(await load())!.a?.b['c'][d]", "load().a.b.c[d]"),
        ("q as Filter<User>", "(q as Filter<User>)"),
        ("<Filter>q", "(q as Filter)"),
        ("q as any", "q"),
        ("q satisfies Filter", "q"),
        ("new ObjectId(id)", "new ObjectId(id)"),
        ("f(1, ...rest)", "f(1, ..)"),
        ("Object.assign({}, q, { a: 1 })", "{...q, a: 1}"),
        ("(x) => x", "fn"),
        ("a.b.c", "a.b.c"),
        ("this.filter", "this.filter"),
    ],
)
def test_an_expression(written: str, value: str) -> None:
    assert invocations(read(f"orders.find({written});"))[0] == f"orders.find({value})"


@pytest.mark.parametrize(
    ("before", "value"),
    [
        ("const q = { a: 1 };", "{a: 1}"),
        ("const q = { a: 1 }; q.b = 2; q['c'] = x;", "{a: 1, b: 2, c: <x>}"),
        ("const q = {}; if (x) q.a = 1;", "{a?: 1}"),
        ("const q = {}; if (x) { q.a = 1; return; }", "{}"),
        ("const q = {}; for (const k of keys) { q[k] = 1; }", "{[each(keys)]?: 1}"),
        ("const q = {}; keys.forEach((k) => { q[k] = 1; });", "{[each(keys)]?: 1}"),
        ("const q = { a: 1 }; Object.assign(q, more, { b: 2 });", "{a: 1, ...more, ...{b: 2}}"),
        ("const q = { a: 1, b: 2 }; delete q.a;", "{b: 2}"),
        ("const q = { a: 1 }; if (x) delete q.a;", "{a?: 1}"),
        ("const q = { a: 1 }; if (x) { q.b = 1; } else { q.c = 1; }", "{a: 1, b?: 1, c?: 1}"),
        ("const q = { $set: {} }; q.$set.a = 1; q.$set['b'] = 2;", "{$set: {a: 1, b: 2}}"),
        ("const q = { $or: [] }; q.$or.push({ a: 1 }, { b: 1 });", "{$or: [{a: 1}, {b: 1}]}"),
        ("const q = {}; q.$or.push({ a: 1 });", "{..}"),
        ("const q = []; q.push({ a: 1 }); q.unshift({ b: 1 });", "[{b: 1}, {a: 1}]"),
        ("const q = [1]; if (x) q.push(2);", "[1, 2, ..]"),
        ("const q = [1]; q.push(...more);", "[1, ..]"),
        ("const q = [1]; q.splice(0, 1);", "[1, ..]"),
        ("const q: Filter<User> = {}; q.a = 1;", "({a: 1} as Filter<User>)"),
        ("let q; if (x) q = { a: 1 }; else q = { b: 1 };", "({a: 1} | {b: 1} | ?reassigned)"),
        ("let q = { a: 1 }; if (x) q = { b: 1 };", "({a: 1} | {b: 1})"),
        ("let q = { a: 1 }; q = { ...q, b: 1 };", "{...{a: 1}, b: 1}"),
        ("const q = { a: 1 }; q.n += 1;", "{a: 1, n: ?changed}"),
        ("const q = load(); q.a = 1;", "{...load(), a: 1}"),
        ("const { q } = req.body;", "<req>.body.q"),
        ("const { a: { q = 1 } } = req.body;", "(<req>.body.a.q | 1)"),
        ("const [, q] = await both();", "both()[1]"),
        ("const { a, ...q } = req.body;", "?rest"),
        ("req.x = 1; const q = req.body;", "<req>.body"),
        ("req.x = 1; const q = req.x;", "1"),
        ("const o = { q: { a: 1 } }; const { q } = o;", "{a: 1}"),
    ],
)
def test_a_name_is_what_it_holds_when_it_is_used(before: str, value: str) -> None:
    assert last(f"async function list(x, req) {{ {before} return orders.find(q); }}") == f"orders.find({value})"


def test_what_a_method_is_called_on_has_what_was_set_on_it() -> None:
    code = "async function rename(id, name) { const user = await users.one(id); user.name = name; await user.save(); }"
    assert last(code) == "{...users.one(<id>), name: <name>}.save()"


@pytest.mark.parametrize(
    ("call", "opened"),
    [
        ("applyScope(q);", True),
        ("this.addTenant(q);", True),
        ("scoped(q);", True),
        ("await withTenant(q);", True),
        ("await orders.insertOne(q);", False),
        ("await Order.create(q);", False),
        ("await this.orders.updateOne(q);", False),
        ("const n = await count(q);", False),
        ("console.log(q);", False),
        ("validate(q);", False),
    ],
)
def test_a_function_may_change_what_it_is_given(call: str, opened: bool) -> None:
    code = f"async function list() {{ const q = {{ a: 1 }}; {call} return orders.find(q); }}"
    assert last(code) == ("orders.find({a: 1, ..})" if opened else "orders.find({a: 1})")


@pytest.mark.parametrize(
    ("head", "value"),
    [
        ("(q)", "<q>"),
        ("({ q })", "<q>.q"),
        ("({ p: q })", "<q>.p"),
        ("({ q = 1 } = {})", "(<q>.q | 1)"),
        ("(a, [b, q])", "<q>[1]"),
    ],
)
def test_a_parameter(head: str, value: str) -> None:
    assert last(f"function list{head} {{ return orders.find(q); }}") == f"orders.find({value})"


@pytest.mark.parametrize(
    ("code", "call"),
    [
        ("for (const q of all) orders.find(q);", "orders.find(each(all))"),
        ("for await (const { q } of all()) orders.find(q);", "orders.find(each(all()).q)"),
        ("for (const [k, q] of Object.entries(all)) orders.find(q);", "orders.find(each(Object.entries(all))[1])"),
        ("for (const q in all) orders.find(q);", "orders.find(?key)"),
        ("for (let q = 0; q < 3; q++) orders.find(q);", "orders.find(?counter)"),
        ("all.map(async ({ id: q }) => orders.find(q));", "orders.find(each(all).id)"),
    ],
)
def test_a_loop(code: str, call: str) -> None:
    assert last(f"async function list(all) {{ {code} }}".replace("(all)", "(x)", 1)) == call


def test_a_chain_is_one_call_and_a_cursor_goes_on() -> None:
    code = """async function list() {
      let cursor = orders.find({ a: 1 }).sort({ a: -1 });
      cursor = cursor.limit(5);
      for await (const order of cursor) await users.findOne({ _id: order.user });
    }"""
    cursor = "orders.find({a: 1}).sort({a: -1})"
    assert invocations(read(code)) == [
        cursor,
        f"{cursor}.limit(5)",
        f"users.findOne({{_id: each({cursor}.limit(5)).user}})",
    ]


@pytest.mark.parametrize(
    ("code", "uses"),
    [
        ("const a = await f(1);", ("awaited", "kept")),
        ("f(1);", ("dropped",)),
        ("if (await f(1)) g();", ("awaited", "tested")),
        ("if (!f(1)) g();", ("tested",)),
        ("const a = f(1) && b;", ("tested",)),
        ("const a = b && f(1);", ("kept",)),
        ("function a() { return f(1); }", ("returned",)),
        ("const a = () => f(1);", ("returned",)),
        ("for await (const a of f(1)) g();", ("iterated",)),
        ("const [a] = await Promise.all([f(1), b]);", ("awaited", "kept")),
        ("g(x, f(1));", ()),
        ("f(1)\n;[1, 2].sort()", ("dropped",)),
    ],
)
def test_what_becomes_of_a_result(code: str, uses: tuple[str, ...]) -> None:
    found = [one for one in read(code).objects.invocations if shown(one.call) == "f(1)"]
    assert [one.uses for one in found] == [uses]


@pytest.mark.parametrize(
    "code",
    [
        "console.log(a);", "expect(a).toBe;", "useState(1);", "t('a');", "res.json(a);", "list.push(1);", "name.trim();", "go();", "Math.max(1);",
    ],
)  # fmt: skip
def test_calls_that_cannot_matter_are_left_out(code: str) -> None:
    assert invocations(read(code)) == []


KEPT = """
import { Base } from "./base";
const path = require("path");
export const COLLECTION = "orders";
export const User = mongoose.model<IUser>("User", schema);
const options: Options = { a: 1 };
options.b = 2;
let db: Db;
async function connect(url) { db = (await open(url)).db("shop"); app.locals.db = db; }
userSchema.statics.byName = function (name) { return this.find({ name }); };
class Repo extends mixin(Base)<A> {
  private orders = db.collection("orders");
  static table = "t";
  constructor(private readonly users: Model<User>, limit = 3) { super(User); this.limit = limit; }
  reset() { const q = {}; q.a = find(); this.limit = 0; }
}
function Store(db) { this.orders = db.collection("orders"); }
export { User as Person };
export { a as b } from "./other";
export default Repo;
module.exports = { User };
exports.find = (id) => User.findOne({ id });
module.exports.other = User;
"""


def test_what_is_kept() -> None:
    assert kept(read(KEPT)) == {
        "COLLECTION": '"orders"',
        "User": 'mongoose.model("User", schema)',
        "options": "({a: 1, b: 2} as Options)",
        "db": 'open(<url>).db("shop")',
        "app.locals.db": "db",
        "userSchema.statics.byName": "fn",
        "Repo.orders": 'db.collection("orders")',
        "Repo.table": '"t"',
        "Repo.users": "<users>",
        "Repo.limit": "0",
        "Store.orders": '<db>.collection("orders")',
        "Person": "User",
        "default": "Repo",
        "module.exports": "{User: User}",
        "exports.find": "fn",
        "exports.other": "User",
    }


def test_what_a_module_keeps_is_known_by_its_name_whatever_is_set_on_it() -> None:
    code = "const users = new Schema({ a: 1 });\nusers.methods.find = load;\nusers.kind = 1;\nmake(users);"
    assert last(code) == "make(users)"


def test_a_field_of_a_constructor_belongs_to_it() -> None:
    found = read(KEPT)
    one = next(one for one in found.objects.kept if one.name == "Repo.users")
    assert one.function == next(function.span for function in found.functions if function.name == "constructor")


CLASSES = """
@Schema({ timestamps: true })
export class User extends Document<string> {
  @Prop({ required: true }) name: string;
  @Prop() @Index() age?: number;
}
@Injectable()
class Users { constructor(@InjectModel(User.name) private readonly users: Model<User>, @Opt() limit = 3) {} }
abstract class Plain extends ns.Base {}
export default class extends Plain {}
const Local = class extends Plain {};
"""


def test_classes() -> None:
    found = read(CLASSES).objects
    assert [(one.name, *map(shown, one.bases)) for one in found.classes] == [
        ("User", "Document"), ("Users",), ("Plain", "ns.Base"), ("default", "Plain"), ("Local", "Plain"),
    ]  # fmt: skip
    assert found.classes[0].attributes == (("name", "string"), ("age", "number"))
    assert [(name, shown(value)) for name, value in found.classes[0].injected] == [
        ("name", "Prop({required: true})"), ("age", "Prop()"), ("age", "Index()"),
    ]  # fmt: skip
    assert [shown(one) for one in found.classes[0].decorators] == ["Schema({timestamps: true})"]
    assert found.classes[1].attributes == (("users", "Model<User>"),)
    assert [(one.index, shown(one.value)) for one in found.presets] == [
        (0, "InjectModel(User.name)"), (1, "Opt()"), (1, "3"),
    ]  # fmt: skip


def test_results() -> None:
    code = "const a = () => users; async function b(c) { if (c) return c.orders; return load(c); }"
    assert results(read(code)) == ["users", "<c>.orders", "load(<c>)"]


def test_what_a_generator_yields_is_a_result() -> None:
    assert results(read("function* d() { yield users.one; const a = yield load(1); }")) == ["users.one", "load(1)"]


@pytest.mark.parametrize(
    ("code", "told"),
    [
        ("const a = orders.find({}); if (a) go();", ["orders.find({})"]),
        ("const a = await orders.find({}); return a ? 1 : !b;", ["orders.find({})"]),
        ("const a = orders.find({}) as Cursor; while (!a && x) go();", ["(orders.find({}) as Cursor)"]),
        ("const a = orders.find({}); if (a.length) go(); if (a === b) go();", []),
        ("const a = {}; if (a || this.b) go();", []),
    ],
)
def test_what_is_asked_for_its_truth(code: str, told: list[str]) -> None:
    assert [shown(one) for one in read(f"async function f(x) {{ {code} }}").objects.tests] == told


def test_hostile_code_is_read_in_part() -> None:
    deep = "orders.find(" + "{a: [" * 400 + "]}" * 400 + ")"
    doubling = "function f(){ let q0 = {a: 1};" + "".join(f"let q{i + 1} = {{...q{i}, ...q{i}}};" for i in range(60))
    assert read(deep)
    assert read(doubling + "orders.find(q60)}")
    assert read("const { a: { = orders.find({ a: }).sort(")
