"""Schemas, options, plugins and models of mongoose in files of their own: what the program makes of them together."""

import pytest

from tests.documents.shop import program, queries

_HEAD = 'import mongoose, { Schema, model } from "mongoose";\n'
_NEST = 'import { Prop, Schema, SchemaFactory, MongooseModule, InjectModel } from "@nestjs/mongoose";\n'


def models(files: dict[str, str]) -> dict[str, tuple[str, ...]]:
    return {one.model.registered: one.collections for one in program(files).documents.models}


def fields(files: dict[str, str], name: str) -> tuple[list[str], bool]:
    documents = program(files).documents
    placed = documents.shape(documents.registered(name)[0])
    assert placed is not None
    return sorted(field.name for field in placed.fields), placed.known and placed.shape.closed


def test_a_schema_of_another_file_names_the_collection() -> None:
    files = {
        "shop/schema.ts": _HEAD + "export const userSchema = new Schema({ name: String }, { collection: 'people' });",
        "shop/user.ts": _HEAD
        + "import { userSchema } from './schema';\nexport const User = model('User', userSchema);",
        "shop/list.ts": "import { User } from './user';\nexport const list = () => User.find({ name: 'a' });",
    }
    assert models(files) == {"User": ("people",)}
    assert queries(files) == ['people.find({name: "a"})']
    files["shop/user.ts"] = files["shop/user.ts"].replace("userSchema)", "userSchema, 'persons')")
    assert models(files) == {"User": ("persons",)}


def test_options_of_another_file_give_fields() -> None:
    files = {
        "shop/options.ts": "export const shared = { timestamps: { createdAt: 'made' } };",
        "shop/user.ts": _HEAD
        + "import { shared } from './options';\nexport const User = model('User', new Schema({ name: String }, shared));",
    }
    assert fields(files, "User") == (["__v", "_id", "made", "name", "updatedAt"], True)
    del files["shop/options.ts"]
    assert fields(files, "User") == (["__v", "_id", "name"], False)


def test_a_plugin_of_the_project_gives_fields() -> None:
    files = {
        "shop/stamped.ts": "export const stamped = (schema) => { schema.add({ stamp: Date }); };",
        "shop/user.ts": _HEAD
        + "import { stamped } from './stamped';\nconst s = new Schema({ name: String });\ns.plugin(stamped);\nexport const User = model('User', s);",
    }
    assert fields(files, "User") == (["__v", "_id", "name", "stamp"], True)


def test_a_discriminator_shares_the_collection_and_has_the_fields_of_both() -> None:
    files = {
        "shop/user.ts": _HEAD + "export const User = model('User', new Schema({ name: String }));",
        "shop/admin.ts": _HEAD
        + "import { User } from './user';\nexport const Admin = User.discriminator('Admin', new Schema({ level: Number }));\nAdmin.find({ level: 1 });",
    }
    assert models(files) == {"User": ("users",), "Admin": ("users",)}
    assert fields(files, "Admin") == (["__t", "__v", "_id", "level", "name"], True)
    assert queries(files) == ["users.find({level: 1})"]


@pytest.mark.parametrize(
    ("options", "collection"),
    [("", "users"), ("{ collection: 'people' }", "people"), ("{ timestamps: true }", "users")],
)
def test_nest(options: str, collection: str) -> None:
    files = {
        "shop/user.schema.ts": _NEST
        + f"@Schema({options})\nexport class User {{ @Prop({{ required: true }}) name: string; }}\nexport const UserSchema = SchemaFactory.createForClass(User);",
        "shop/user.module.ts": _NEST
        + "import { User, UserSchema } from './user.schema';\n@Module({ imports: [MongooseModule.forFeature([{ name: User.name, schema: UserSchema }])] })\nexport class UserModule {}",
        "shop/user.service.ts": _NEST
        + "import { User } from './user.schema';\n@Injectable()\nexport class Users {\n  constructor(@InjectModel(User.name) private users: Model<User>) {}\n  list() { return this.users.find({ name: 'a' }); }\n}",
    }
    assert models(files) == {"User": (collection,)}
    assert queries(files) == [f'{collection}.find({{name: "a"}})']
    assert "name" in fields(files, "User")[0]


def test_a_shape_is_no_more_closed_than_what_it_is_made_of() -> None:
    files = {
        "shop/user.ts": _NEST
        + "@Schema({ strict: false })\nexport class User { @Prop() name: string; }\nexport const UserSchema = SchemaFactory.createForClass(User);\nexport const M = mongoose.model('User', UserSchema);",
    }
    assert fields(files, "User") == (["__v", "_id", "name"], False)
