// Schemas in the forms that they are written in: `record.js` asks mongoose what they are, a test asks the analyzer.
const mongoose = require("mongoose");
const { Schema } = mongoose;
const ObjectId = Schema.Types.ObjectId;

const STATES = ["draft", "sent"];
const COLOURS = { red: "r", blue: "b" };
const stamped = { timestamps: true };
const address = { city: String, street: { type: String, required: true } };

const plainSchema = new Schema({
  name: String,
  email: { type: String, required: true, unique: true, lowercase: true },
  age: { type: Number, required: [true, "how old?"], index: true },
  active: { type: Boolean, default: true },
  born: Date,
  photo: Buffer,
  rate: Schema.Types.Decimal128,
  big: BigInt,
  anything: Schema.Types.Mixed,
  also: {},
  object: Object,
  untyped: { type: {} },
  flags: { type: Map, of: Number },
  owner: { type: ObjectId, ref: "User" },
  other: { type: mongoose.Schema.Types.ObjectId, refPath: "kind" },
  kind: { type: String, enum: STATES },
  colour: { type: String, enum: Object.values(COLOURS) },
  size: { type: String, enum: { values: ["s", "m"], message: "no" } },
  shade: { type: String, enum: { values: Object.values(COLOURS) } },
  tone: { type: String, enum: COLOURS },
  why: { type: String, required: function () { return this.active; } },
  when: { type: Date, default: Date.now },
  word: "string",
  none: { type: String, default: null },
});

const nestedSchema = new Schema({
  address: { city: String, where: { lat: Number, long: Number } },
  type: { type: String },
  asset: { type: { type: String }, ticker: String },
  own: { type: address },
  inline: address,
  parent: { type: new Schema({ name: String }, { _id: false }) },
  "dotted.path": Number,
});

const listsSchema = new Schema({
  tags: [String],
  numbers: { type: [Number], default: undefined },
  any: [],
  mixed: Array,
  empty: [{}],
  typed: [{ type: String, enum: ["a", "b"] }],
  items: [{ name: String, count: { type: Number, default: 1 } }],
  wrapped: { type: [{ name: String }], required: true },
  bare: [{ _id: false, name: String }],
  addresses: [new Schema({ city: String }, { _id: false })],
  users: [{ type: ObjectId, ref: "User" }],
  refs: { type: [{ type: ObjectId, ref: "User" }] },
  matrix: [[Number]],
  kinds: [{ type: { type: String }, name: String }],
});

const stampedSchema = new Schema({ name: String }, stamped);
const renamedSchema = new Schema({ name: String }, { timestamps: { createdAt: "created_at", updatedAt: false } });
const oneSchema = new Schema({ name: String }, { timestamps: { createdAt: "made" } });
const bareSchema = new Schema({ name: String }, { _id: false, versionKey: false, id: false });
const ownKeySchema = new Schema({ _id: String, name: String }, { versionKey: "version", collection: "own_keys" });
const looseSchema = new Schema({ name: String, id: Number }, { strict: false });
const typeKeySchema = new Schema({ type: String, name: { $type: String, required: true } }, { typeKey: "$type" });
const aliasSchema = new Schema({ n: { type: String, alias: "name" } });

const laterSchema = new Schema({ name: String });
laterSchema.add({ age: Number, profile: { bio: String } });
laterSchema.add(new Schema({ added: Boolean }));
laterSchema.index({ name: 1, age: -1 }, { unique: true });
laterSchema.index({ "profile.bio": "text" });
laterSchema.virtual("full").get(function () { return this.name; });
laterSchema.methods.rename = function () {};
laterSchema.statics.byName = function () {};
laterSchema.set("timestamps", true);

const spreadSchema = new Schema({ ...address, name: { ...{ type: String } } });
const childSchema = new Schema({ title: String });
const withChildSchema = new Schema({ child: childSchema, children: [childSchema], listed: { type: [childSchema], default: [] } });

module.exports = {
  plainSchema, nestedSchema, listsSchema, stampedSchema, renamedSchema, oneSchema, bareSchema, ownKeySchema, looseSchema, typeKeySchema, aliasSchema,
  laterSchema, spreadSchema, withChildSchema,
};
