"""Schemas and models in the forms that code writes them in: options of other files, plugins, Nest's and typegoose's classes."""

import pytest

from analyzer.facts.file import FileFacts
from tests.extract.javascript import facts
from tests.shapes import fields, model_text, shape_text

_HEAD = 'import mongoose, { Schema, model, Types } from "mongoose";\n'


def read(code: str) -> FileFacts:
    return facts(_HEAD + code, depends=("mongoose",))


def shape(code: str) -> str:
    return shape_text(read(code).shapes[0])


def named(code: str, at: int = 0) -> list[str]:
    """Fields but for those that every document has."""
    return [field for field in fields(read(code).shapes[at]) if not field.startswith(("_id:", "__v:"))]


@pytest.mark.parametrize(
    ("code", "told"),
    [
        ("const s = new Schema({ a: String });", "s; no fields: id"),
        ("const s = new mongoose.Schema<User>({ a: String }, {});", "s; no fields: id"),
        ("const s = mongoose.Schema({ a: String });", "s; no fields: id"),
        ("const s = new Schema({ a: String }, { strict: false });", "s open; no fields: id"),
        ("const s = new Schema({ a: String }, { strict: 'throw', id: false });", "s"),
        ("const s = new Schema({ a: String }, shared);", "s; (shared); no fields: id"),
        ("const s = new Schema({ a: String }, { ...shared, collection: 'ss' });", "s in ss; (shared); no fields: id"),
        ("const s = new Schema(definition);", "s; (definition); no fields: id"),
        ("const s = new Schema({ ...common, a: String });", "s; (common); no fields: id"),
        ("const s = new Schema(build());", "s open; no fields: id"),
        ("const s = new Schema({ [key]: String });", "s open; no fields: id"),
        ("const s = new Schema({ a: String }); s.plugin(later);", "s; (later); no fields: id"),
        ("import p from 'mongoose-paginate-v2'; const s = new Schema({ a: String }); s.plugin(p);", "s; no fields: id"),
        ("import p from 'some-plugin'; const s = new Schema({ a: String }); s.plugin(p);", "s open; no fields: id"),
        ("const s = new Schema({ a: String }); s.plugin(require('some-plugin'));", "s open; no fields: id"),
        ("const s = new Schema({ a: String }).index({ a: 1 }, { unique: true });", "s; no fields: id; index a 1 unique"),
        ("const s = new Schema({ a: { type: String, index: true } });", "s; no fields: id; index a 1"),
        ("const s = new Schema({ a: { type: String, index: { unique: true } } });", "s; no fields: id; index a 1 unique"),
        ("const s = new Schema({ a: String }); s.index({ a: 1 }, { partialFilterExpression: {} });", "s; no fields: id; index a 1 partial"),
        ("const s = new Schema({ a: String }); s.virtual('b').get(f); s.methods.c = f;", "s; no fields: id, b, c"),
        ("const s = new Schema({ a: String }, { methods: { b() {} }, statics: { c() {} }, virtuals: { d: {} } });", "s; no fields: d, b, c, id"),
        ("const s = new Schema({ a: String }); s.statics = { b: f }; s.method('c', f);", "s; no fields: id, c, b"),
        ("import { Schema } from 'prosemirror-model'; export const s = new Schema({ nodes });", None),
    ],
)  # fmt: skip
def test_a_schema(code: str, told: str | None) -> None:
    if told is None:
        assert not facts(code, depends=("mongoose",)).shapes
    else:
        assert shape(code) == told


@pytest.mark.parametrize(
    ("definition", "field"),
    [
        ("addressSchema", "a: =addressSchema"),
        ("[addressSchema]", "a: [=addressSchema] filled"),
        ("{ type: addressSchema, required: true }", "a: =addressSchema required"),
        ("{ type: Types.ObjectId, ref: () => User }", "a: objectId -> User"),
        ("{ type: Schema.Types.ObjectId, ref: User.name }", "a: objectId -> User"),
        ("{ type: Schema.Types.ObjectId, ref: User }", "a: objectId -> User"),
        ("{ type: String, enum: imported }", "a: string"),
        ("{ type: String, required: isRequired() }", "a: string"),
        ("{ type: String, required: () => true }", "a: string"),
        ("{ type: String, default: undefined }", "a: string"),
        ("{ type: String, default: load }", "a: string filled"),
        ("{ type: String, unique: true, sparse: true }", "a: string unique"),
        ("{ type: [String], required: true }", "a: [string] required filled"),
        ("{ type: Map, of: new Schema({ b: String }) }", "a: map"),
        ("{ type: 'ObjectId' }", "a: objectId"),
        ("{ type: Schema.Types.Union, of: [String, Number] }", "a: string|number"),
        ("{ type: Schema.Types.Email }", "a: ?"),
        ("{ type: Email }", "a: =Email"),
        ("{ b: { c: Number, ...more } }", "a: object{b: mixed{c: number}}"),
        ("Types.ObjectId", "a: objectId"),
        ("Schema.ObjectId", "a: objectId"),
        ("{ type: Array, of: String }", "a: [string] filled"),
    ],
)
def test_a_field(definition: str, field: str) -> None:
    assert named(f"const s = new Schema({{ a: {definition} }});") == [field]


@pytest.mark.parametrize(
    ("code", "models"),
    [
        ("const s = new Schema({});\nexport const User = mongoose.model('User', s);", ["User (User): s in users"]),
        ("const s = new Schema({});\nexport default model<IUser>('User', s);", ["default (User): s in users"]),
        ("const s = new Schema({});\nmodule.exports = mongoose.model('User', s);", ["module.exports (User): s in users"]),
        ("const s = new Schema({}, { collection: 'people' });\nconst User = model('User', s);", ["User (User): s in people"]),
        ("const User = model('User', imported, 'people');", ["User (User): imported in people"]),
        ("const User = model('User', imported, NAME);", ["User (User): imported in NAME"]),
        ("const NAME = 'Person';\nconst User = model(NAME, imported);", ["User (Person): imported in people"]),
        ("const User = mongoose.models.User || mongoose.model('User', imported);", ["User (User): imported in users"]),
        ("const User = model('User', new Schema({ a: String }));", ["User (User): User in users"]),
        ("function make(conn) { return conn.model('User', userSchema); }", ["User (User): userSchema in users"]),
        ("function make(conn) { const s = new Schema({ a: String }); return conn.model('User', s); }", ["User (User): User in users"]),
        ("function make(c) { const s = new Schema({ a: String }); s.methods.b = f; return c.model('User', s); }", ["User (User): User in users"]),
        ("const User = mongoose.model('User');", []),
        ("const User = library.model('User', { a: 1 });", []),
        ("const User = model('User', a);\nconst Admin = User.discriminator('Admin', b);", ["User (User): a in users", "Admin (Admin) of User: Admin in ?"]),
        ("s.path('events').discriminator('Click', new Schema({}));", []),
        ("@Module({ imports: [MongooseModule.forFeature([{ name: User.name, schema: UserSchema }])] }) class M {}", ["User (User): UserSchema in users"]),
        ("MongooseModule.forFeature([{ name: 'Cat', schema: CatSchema, collection: 'felines' }])", ["Cat (Cat): CatSchema in felines"]),
        ("MongooseModule.forFeatureAsync([{ name: Cat.name, useFactory: () => { const s = CatSchema; s.plugin(p); return s; } }])", ["Cat (Cat): CatSchema in cats"]),
        ("MongooseModule.forFeature([{ name: A.name, schema: ASchema, discriminators: [{ name: B.name, schema: BSchema }] }])", ["A (A): ASchema in as", "B (B) of A: BSchema in ?"]),
        ("export const UserModel = getModelForClass(User);", ["UserModel (User): User in users"]),
    ],
)  # fmt: skip
def test_a_model(code: str, models: list[str]) -> None:
    assert [model_text(one) for one in read(code).document_models] == models


def test_a_discriminator_has_the_fields_of_both_and_its_key() -> None:
    found = read("const User = model('User', a);\nconst Admin = User.discriminator('Admin', b);").shapes
    assert [(shape_text(one), fields(one)) for one in found] == [("Admin; (b, User)", ["__t: string filled"])]


def test_options_and_fields_that_other_files_take_are_shapes() -> None:
    found = facts(
        "export const schemaOptions = { timestamps: true, toJSON: { virtuals: true } };\n"
        "export const owned = { owner: { type: Schema.Types.ObjectId, ref: 'User' }, note: String };\n"
        "export const percent = { type: Number, required: true, min: 0 };\n"
        "export const settings = { host: 'a', port: 1 };",
        depends=("mongoose",),
    )
    assert [shape_text(one) for one in found.shapes] == ["schemaOptions", "owned"]
    assert [fields(one) for one in found.shapes] == [
        ["createdAt: date filled", "updatedAt: date filled"],
        ["owner: objectId -> User", "note: string"],
    ]


def test_plugins() -> None:
    known = """import mongooseDelete from "mongoose-delete";
    const s = new Schema({ a: String }); s.plugin(mongooseDelete, { deletedAt: true, deletedBy: false });"""
    assert named(known) == ["a: string", "deleted: bool filled", "deletedAt: date"]
    own = (
        "export function stamped(schema) { schema.add({ stamp: Date }); schema.pre('save', f); schema.methods.x = f; }"
    )
    found = facts(own, depends=("mongoose",)).shapes
    assert [(shape_text(one), fields(one)) for one in found] == [("stamped", ["stamp: date"])]
    for other in ("function check(schema: z.Schema) { schema.parse(1); }", "function check(schema) { return schema; }"):
        assert not facts(other, depends=("mongoose",)).shapes


NEST = """
import { Prop, Schema, SchemaFactory, raw } from "@nestjs/mongoose";
@Schema({ _id: false })
export class Address { @Prop() city: string; }
@Schema({ timestamps: true, collection: "people" })
export class User extends Base {
  @Prop({ required: true, unique: true }) email: string;
  @Prop() age?: number;
  @Prop() born: Date | null;
  @Prop([String]) tags: string[];
  @Prop() names: string[];
  @Prop({ type: mongoose.Schema.Types.ObjectId, ref: "Company" }) company: Company;
  @Prop({ type: [{ type: mongoose.Schema.Types.ObjectId, ref: Order.name }] }) orders: Order[];
  @Prop({ type: Address }) home: Address;
  @Prop() work: Address;
  @Prop(raw({ first: { type: String }, last: String })) name: Record<string, any>;
  @Prop({ enum: ["a", "b"], default: "a" }) kind: string;
  @Prop({ type: Object }) data: Record<string, unknown>;
  @Prop({ default: () => new Date() }) seen: Date;
  plain: string;
}
export const UserSchema = SchemaFactory.createForClass(User);
UserSchema.index({ email: 1, kind: 1 });
UserSchema.virtual("full");
"""


def test_classes_of_nest() -> None:
    found = facts(NEST, depends=("@nestjs/mongoose", "mongoose")).shapes
    assert [shape_text(one) for one in found] == [
        "Address",
        "User in people; (Base); index email 1 unique",
        "UserSchema; (User); no fields: full; index email 1, kind 1",
    ]
    assert [one for one in fields(found[1]) if not one.startswith("_")] == [
        "email: string required unique",
        "age: number",
        "born: date",
        "tags: [string] filled",
        "names: [string] filled",
        "company: objectId -> Company",
        "orders: [objectId] filled -> Order",
        "home: =Address",
        "work: =Address",
        "name: object{first: string, last: string}",
        "kind: string filled in a/b",
        "data: mixed",
        "seen: date filled",
        "createdAt: date filled",
        "updatedAt: date filled",
    ]


TYPEGOOSE = """
import { prop, getModelForClass, modelOptions, Ref, index } from "@typegoose/typegoose";
@modelOptions({ schemaOptions: { timestamps: true } })
@index({ name: 1 }, { unique: true })
class User {
  @prop({ required: true }) public name!: string;
  @prop({ type: () => [String] }) public tags?: string[];
  @prop({ ref: () => Company }) public company?: Ref<Company>;
}
export const UserModel = getModelForClass(User);
"""


def test_classes_of_typegoose() -> None:
    found = facts(TYPEGOOSE, depends=("@typegoose/typegoose", "mongoose"))
    assert [shape_text(one) for one in found.shapes] == ["User; index name 1 unique"]
    assert fields(found.shapes[0])[2:5] == [
        "name: string required",
        "tags: [string] filled",
        "company: objectId -> Company",
    ]
    assert [model_text(one) for one in found.document_models] == ["UserModel (User): User in users"]


@pytest.mark.parametrize(
    "code",
    [
        "const a = { ...b }; const b = { ...a }; const s = new Schema(a);",
        "const s = new Schema({ s: [s] }); s.add({ more: [s] });",
        "const a = b; const b = a; const s = new Schema(a, b); model(a, s);",
        "const s = new Schema(" + "{ a: " * 300 + "String" + " }" * 300 + ");",
        "const s = new Schema({ a: [[[[String]]]], b: { type: { type: { type: String } } } },",
    ],
)
def test_hostile_schemas_are_read_in_part(code: str) -> None:
    assert read(code)
