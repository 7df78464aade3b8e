// Asks mongoose and its driver for the facts that the analyzer rests on, and prints them as JSON. No server is needed.
//
//   node record.js FOLDER.. > recorded.json
//
// Each FOLDER has a node_modules with one version of mongoose; the last one's is the newest, and answers what does not differ.
"use strict";
const path = require("path");
const Module = require("module");

process.on("unhandledRejection", () => {});
process.on("uncaughtException", (error) => process.stderr.write(`${error.message}\n`));

const NAMES = [
  "User", "Order", "Category", "Person", "Child", "Ox", "Axis", "Test", "Testis", "Octopus", "Cactus", "Focus", "Virus", "Alias", "Status", "Bus", "Buffalo",
  "Tomato", "Datum", "Stadium", "Analysis", "Wife", "Knife", "Half", "Wolf", "Hive", "Query", "Company", "Day", "Box", "Church", "Class", "Dish", "Matrix", "Vertex",
  "Index", "Mouse", "Blouse", "House", "Quiz", "Goose", "News", "Media", "Money", "Series", "Species", "Sheep", "Fish", "Man", "Woman", "Human", "Salesman",
  "OrderItem", "order_item", "users", "Users", "Address", "Bonus", "Campus", "Process", "Metadata", "Data", "Info", "History", "Key", "Photo", "Hero", "Leaf",
  "Chief", "Safe", "Life", "Medium", "User2", "Foto-", "Équipe", "Staff", "Feedback", "Criteria", "Criterion", "Bureau", "Gas", "Lens",
  "system.profile", "NotificationTemplate", "ApiKey", "Ex", "Complex", "Equipment", "Statuses", "Corpus",
];

const VALUES = {
  string: "a", "numeric string": "12", "empty string": "", "true string": "true", "date string": "2024-01-02", "hex string": "64b7f0f0f0f0f0f0f0f0f0f0",
  one: 1, integer: 12, float: 1.5, "NaN": NaN, "true": true, "null": null, undefined: undefined, date: new Date(0), object: { a: 1 }, "empty object": {}, array: ["a"],
  "empty array": [], regex: /a/, function: () => 1,
};
const TYPES = ["String", "Number", "Boolean", "Date", "ObjectId", "Buffer", "Mixed", "Array of String", "Array of Number", "Map", "Decimal128", "Nested", "Subdocument"];

function typed(mongoose) {
  const { Schema } = mongoose;
  return {
    String: String, Number: Number, Boolean: Boolean, Date: Date, ObjectId: Schema.Types.ObjectId, Buffer: Buffer, Mixed: Schema.Types.Mixed,
    "Array of String": [String], "Array of Number": [Number], Map: { type: Map, of: String }, Decimal128: Schema.Types.Decimal128,
    Nested: { inner: String }, Subdocument: new Schema({ inner: String }, { _id: false }),
  };
}

function shown(value) {
  if (value === undefined) return "undefined";
  if (value === null) return "null";
  if (value instanceof RegExp) return "regex";
  if (typeof value.toObject === "function") value = value.toObject();
  if (Array.isArray(value)) return `[${value.map(shown).join(", ")}]`;
  const name = value && value.constructor ? value.constructor.name : "Object";
  if (typeof value !== "object") return `${typeof value} ${String(value).slice(0, 30)}`;
  return name === "Object" || value._bsontype === undefined && name !== "Date" && name !== "Buffer" && name !== "Binary" && name !== "Map" && name !== "MongooseMap"
    ? `{${Object.keys(value).map((key) => `${key}: ${shown(value[key])}`).join(", ")}}`
    : (value._bsontype || name).replace("ObjectID", "ObjectId");
}

function attempt(act) {
  try {
    return shown(act());
  } catch (error) {
    return `${error.name}${error.kind ? " " + error.kind : ""}`;
  }
}

const update = (query) => query._castUpdate ? query._castUpdate(query._update, false) : null;

function strictness(mongoose) {
  const found = {};
  const filters = {
    "unknown": { name: "x", nope: 1 },
    "unknown in nested": { "profile.nope": 1 },
    "unknown in or": { $or: [{ nope: 1 }, { name: "x" }] },
    "below mixed": { "any.thing": 1 },
    "below string": { "name.first": 1 },
    "array position": { "tags.0": "x" },
    "array all": { "items.name": "x", "items.nope": 1 },
  };
  for (const strictQuery of ["default", true, false, "throw"]) {
    const options = strictQuery === "default" ? {} : { strictQuery };
    const schema = new mongoose.Schema({ name: String, profile: { city: String }, any: {}, tags: [String], items: [{ name: String }] }, options);
    const Model = new mongoose.Mongoose().model("Strict", schema);
    found[strictQuery] = {};
    for (const [word, filter] of Object.entries(filters)) {
      found[strictQuery][word] = attempt(() => Model.find(filter).cast(Model));
    }
  }
  return found;
}

function writes(mongoose) {
  const found = {};
  for (const strict of ["default", true, false, "throw"]) {
    const options = strict === "default" ? {} : { strict };
    const schema = new mongoose.Schema({ name: String, profile: { city: String }, items: [{ name: String }] }, { _id: false, ...options });
    const Model = new mongoose.Mongoose().model("Written", schema);
    found[strict] = {
      "new": attempt(() => { const made = new Model({ name: "x", nope: 1, profile: { nope: 2 } }).toObject(); delete made._id; return made; }),
      "set": attempt(() => update(Model.updateOne({}, { $set: { name: "x", nope: 1 } }))),
      "plain": attempt(() => update(Model.updateOne({}, { name: "x", nope: 1 }))),
      "set below nested": attempt(() => update(Model.updateOne({}, { $set: { "profile.nope": 1 } }))),
      "push": attempt(() => update(Model.updateOne({}, { $push: { nope: 1, items: { name: "x", nope: 1 } } }))),
      "inc": attempt(() => update(Model.updateOne({}, { $inc: { nope: 1 } }))),
      "unset": attempt(() => update(Model.updateOne({}, { $unset: { nope: 1 } }))),
    };
  }
  return found;
}

function casting(mongoose) {
  const found = { filter: {}, in: {}, update: {}, document: {} };
  const types = typed(mongoose);
  for (const word of TYPES) {
    const Model = new mongoose.Mongoose().model("Cast", new mongoose.Schema({ field: types[word] }, { _id: false, versionKey: false }));
    for (const kind of Object.keys(found)) found[kind][word] = {};
    for (const [name, value] of Object.entries(VALUES)) {
      found.filter[word][name] = attempt(() => Model.find({ field: value }).cast(Model).field);
      found.in[word][name] = attempt(() => Model.find({ field: { $in: [value] } }).cast(Model).field.$in);
      found.update[word][name] = attempt(() => { const cast = update(Model.updateOne({}, { $set: { field: value } })); return cast && cast.$set ? cast.$set.field : undefined; });
      found.document[word][name] = attempt(() => {
        const made = new Model({ field: value });
        const wrong = made.validateSync();
        if (wrong) throw Object.values(wrong.errors)[0];
        return made.toObject({ flattenMaps: true }).field;
      });
    }
  }
  return found;
}

function operators(mongoose) {
  const schema = new mongoose.Schema({ name: String, age: Number, when: Date, tags: [String], at: { lat: Number } });
  const Model = new mongoose.Mongoose().model("Operator", schema);
  const filters = {
    "number $gt text": { age: { $gt: "a" } }, "number $gt digits": { age: { $gt: "5" } }, "string $gt number": { name: { $gt: 5 } }, "date $gt text": { when: { $gt: "a" } },
    "string $in text": { name: { $in: "a" } }, "number $regex": { age: { $regex: "a" } }, "string $regex": { name: { $regex: "a" } }, "tags equals": { tags: "a" },
    "tags $size text": { tags: { $size: "2" } }, "$exists text": { name: { $exists: "yes" } }, "unknown operator": { name: { $nope: 1 } },
    "top unknown operator": { $nope: [] }, "$or no list": { $or: { name: "a" } }, "$or empty": { $or: [] }, "nested object": { at: { lat: "5" } },
    "_id text": { _id: "abc" }, "_id hex": { _id: "64b7f0f0f0f0f0f0f0f0f0f0" }, "_id twelve letters": { _id: "abcdefghijkl" }, "_id number": { _id: 12 }, "id": { id: "x" },
    "undefined value": { name: undefined }, "_id undefined": { _id: undefined },
  };
  const updates = {
    "inc text": { $inc: { age: "a" } }, "inc digits": { $inc: { age: "5" } }, "inc string field": { $inc: { name: 1 } }, "push scalar": { $push: { tags: 5 } },
    "push to string": { $push: { name: "a" } }, "mixed plain and operator": { name: "a", $inc: { age: 1 } }, "set undefined": { $set: { name: undefined } },
    "set null": { $set: { name: null } }, "unknown operator": { $nope: { name: 1 } }, "set _id": { $set: { _id: "abc" } }, "set __v": { $set: { __v: 1 } }, "empty": {},
  };
  const read = (several, act) => Object.fromEntries(Object.entries(several).map(([word, value]) => [word, attempt(() => act(value))]));
  return {
    filter: read(filters, (filter) => Model.find(filter).cast(Model)),
    update: read(updates, (given) => update(Model.updateOne({}, given))),
  };
}

function made(mongoose) {
  const instance = new mongoose.Mongoose();
  const Model = instance.model("Made", new mongoose.Schema({ name: String, tags: [String], nested: { a: String }, sub: new mongoose.Schema({ b: String }), items: [{ c: String }] }, { timestamps: true }));
  const one = new Model({ items: [{ c: "x" }], sub: { b: "y" } });
  return {
    paths: Object.keys(Model.schema.paths).sort(),
    document: Object.keys(one.toObject()).sort(),
    item: Object.keys(one.toObject().items[0]).sort(),
    subdocument: Object.keys(one.toObject().sub).sort(),
    virtuals: Object.keys(Model.schema.virtuals).sort(),
    strict: Model.schema.options.strict,
    strictQuery: String(Model.schema.options.strictQuery),
    globalStrictQuery: String(instance.get("strictQuery")),
    readsUnknown: Model.hydrate({ _id: one._id, nope: 1 }).get("nope") === undefined ? "get gives undefined" : "get gives the value",
    unknownProperty: Model.hydrate({ _id: one._id, nope: 1 }).nope === undefined ? "undefined" : "the value",
  };
}

const kind = (value) => {
  if (value === undefined || value === null) return String(value);
  const name = value.constructor ? value.constructor.name : "Object";
  return `${name}${typeof value.then === "function" ? " thenable" : ""}${typeof value.toArray === "function" ? " toArray" : ""}${typeof value[Symbol.asyncIterator] === "function" ? " iterable" : ""}`;
};

function called(of, calls) {
  const found = {};
  for (const [word, act] of Object.entries(calls)) {
    try {
      const value = act(of);
      if (value && typeof value.catch === "function") value.catch(() => {});
      found[word] = kind(value);
    } catch (error) {
      found[word] = `throws ${error.name}`;
    }
  }
  return found;
}

const COLLECTION = {
  find: (c) => c.find({}), "find().sort().limit()": (c) => c.find({}).sort({ a: 1 }).limit(1), "find().toArray()": (c) => c.find({}).toArray(),
  "find().next()": (c) => c.find({}).next(), "find().map()": (c) => c.find({}).map((one) => one), "find().forEach()": (c) => c.find({}).forEach(() => {}),
  "find().count()": (c) => c.find({}).count(), "find().stream()": (c) => c.find({}).stream(), findOne: (c) => c.findOne({}), aggregate: (c) => c.aggregate([]),
  "aggregate().toArray()": (c) => c.aggregate([]).toArray(), insertOne: (c) => c.insertOne({}), insertMany: (c) => c.insertMany([{}]),
  updateOne: (c) => c.updateOne({}, { $set: { a: 1 } }), "updateOne without operators": (c) => c.updateOne({}, { a: 1 }), updateMany: (c) => c.updateMany({}, { $set: { a: 1 } }),
  replaceOne: (c) => c.replaceOne({}, { a: 1 }), "replaceOne with operators": (c) => c.replaceOne({}, { $set: { a: 1 } }), deleteOne: (c) => c.deleteOne({}),
  deleteMany: (c) => c.deleteMany({}), findOneAndUpdate: (c) => c.findOneAndUpdate({}, { $set: { a: 1 } }), findOneAndDelete: (c) => c.findOneAndDelete({}),
  findOneAndReplace: (c) => c.findOneAndReplace({}, { a: 1 }), countDocuments: (c) => c.countDocuments({}), estimatedDocumentCount: (c) => c.estimatedDocumentCount(),
  distinct: (c) => c.distinct("a"), bulkWrite: (c) => c.bulkWrite([{ insertOne: { document: {} } }]), createIndex: (c) => c.createIndex({ a: 1 }), indexes: (c) => c.indexes(),
  listIndexes: (c) => c.listIndexes(), drop: (c) => c.drop(), watch: (c) => c.watch([]), initializeUnorderedBulkOp: (c) => c.initializeUnorderedBulkOp(), count: (c) => c.count({}),
  insert: (c) => c.insert([{}]), update: (c) => c.update({}, { $set: { a: 1 } }), remove: (c) => c.remove({}), save: (c) => c.save({}), ensureIndex: (c) => c.ensureIndex({ a: 1 }),
};
const DATABASE = {
  collection: (d) => d.collection("a"), listCollections: (d) => d.listCollections(), createCollection: (d) => d.createCollection("a"), command: (d) => d.command({ ping: 1 }),
  collections: (d) => d.collections(), dropDatabase: (d) => d.dropDatabase(), admin: (d) => d.admin(), stats: (d) => d.stats(),
};
const MODEL = {
  find: (m) => m.find({}), "find().lean()": (m) => m.find({}).lean(), "find().exec()": (m) => m.find({}).exec(), "find().cursor()": (m) => m.find({}).cursor(),
  "find().sort()": (m) => m.find({}).sort("a"), findOne: (m) => m.findOne({}), findById: (m) => m.findById("64b7f0f0f0f0f0f0f0f0f0f0"), create: (m) => m.create({}),
  insertMany: (m) => m.insertMany([{}]), updateOne: (m) => m.updateOne({}, { a: 1 }), updateMany: (m) => m.updateMany({}, { a: 1 }), deleteOne: (m) => m.deleteOne({}),
  deleteMany: (m) => m.deleteMany({}), findOneAndUpdate: (m) => m.findOneAndUpdate({}, { a: 1 }), findByIdAndUpdate: (m) => m.findByIdAndUpdate("64b7f0f0f0f0f0f0f0f0f0f0", { a: 1 }),
  findByIdAndDelete: (m) => m.findByIdAndDelete("64b7f0f0f0f0f0f0f0f0f0f0"), findOneAndDelete: (m) => m.findOneAndDelete({}), countDocuments: (m) => m.countDocuments({}),
  estimatedDocumentCount: (m) => m.estimatedDocumentCount(), distinct: (m) => m.distinct("a"), aggregate: (m) => m.aggregate([]), "aggregate().exec()": (m) => m.aggregate([]).exec(),
  exists: (m) => m.exists({}), bulkWrite: (m) => m.bulkWrite([{ insertOne: { document: {} } }]), populate: (m) => m.populate({}, "a"), where: (m) => m.where("a"),
  watch: (m) => m.watch(), "new().save()": (m) => new m({}).save(), "new().deleteOne()": (m) => new m({}).deleteOne(), "new().populate()": (m) => new m({}).populate("a"),
  remove: (m) => m.remove({}), update: (m) => m.update({}, { a: 1 }), count: (m) => m.count({}), findOneAndRemove: (m) => m.findOneAndRemove({}),
  findByIdAndRemove: (m) => m.findByIdAndRemove("64b7f0f0f0f0f0f0f0f0f0f0"), "find with callback": (m) => m.find({}, () => {}), "new().remove()": (m) => new m({}).remove(),
};

function driver(require) {
  const { MongoClient } = require("mongodb");
  const client = new MongoClient("mongodb://127.0.0.1:1", { serverSelectionTimeoutMS: 1 });
  const db = client.db("shop");
  return { client: called(client, { db: (c) => c.db("shop"), connect: (c) => c.connect() }), database: called(db, DATABASE), collection: called(db.collection("a"), COLLECTION) };
}

async function awaited(require) {
  const { MongoClient } = require("mongodb");
  const cursor = new MongoClient("mongodb://127.0.0.1:1").db("shop").collection("a").find({});
  const before = kind(cursor);
  return { cursor: before, awaited: kind(await cursor), same: (await cursor) === cursor, truthy: Boolean(cursor) };
}

// A driver before version 4 gives no database without a connection.
async function driven(require) {
  try {
    return { driver: driver(require), awaited: await awaited(require) };
  } catch {
    return {};
  }
}

function models(mongoose) {
  const instance = new mongoose.Mongoose();
  const Model = instance.model("Called", new mongoose.Schema({ a: String }), undefined, { overwriteModels: true });
  return called(Model, MODEL);
}

// ---------------------------------------------------------------------- schemas
function described(type) {
  const found = { is: type.instance };
  const inner = type.embeddedSchemaType || type.$embeddedSchemaType || type.caster;
  if (type.instance === "Array" && inner && inner.instance && !type.schema) found.of = inner.instance;
  if (type.schema) found.fields = paths(type.schema);
  if (type.isRequired && typeof type.options.required !== "function") found.required = true;
  for (const one of [type, inner]) {
    if (one && one.options && typeof one.options.ref === "string") found.ref = one.options.ref;
    if (one && one.enumValues && one.enumValues.length) found.enum = one.enumValues;
  }
  return found;
}

function paths(schema) {
  const found = {};
  schema.eachPath((name, type) => { if (!name.endsWith(".$*")) found[name] = described(type); });
  return found;
}

function schemas(folder) {
  const load = Module.createRequire(path.join(folder, "index.js"));
  const resolve = Module._resolveFilename;
  const itself = load.resolve("mongoose");
  Module._resolveFilename = (request, ...rest) => (request === "mongoose" ? itself : resolve.call(Module, request, ...rest));
  const found = {};
  const exported = require(path.join(__dirname, "schemas.js"));
  const mongoose = load("mongoose");
  for (const [name, given] of Object.entries(exported)) {
    // What a model adds is part of it: the version, the virtual `id`.
    const schema = new mongoose.Mongoose().model(name, given).schema;
    found[name] = {
      paths: paths(schema), virtuals: Object.keys(schema.virtuals).sort(), methods: Object.keys(schema.methods).filter((word) => word !== "initializeTimestamps").sort(), statics: Object.keys(schema.statics).sort(),
      indexes: schema.indexes().map(([keys, options]) => [Object.entries(keys).map((pair) => pair.map(String)), Boolean(options.unique)]),
      strict: schema.options.strict, collection: schema.options.collection || "", aliases: schema.aliases || {},
    };
  }
  Module._resolveFilename = resolve;
  return found;
}

async function main(folders) {
  const out = { versions: {} };
  for (const folder of folders) {
    const load = Module.createRequire(path.resolve(folder, "index.js"));
    const mongoose = load("mongoose");
    mongoose.set("bufferCommands", false);
    const driverVersion = load("mongodb/package.json").version;
    out.versions[mongoose.version.split(".")[0]] = {
      mongoose: mongoose.version, mongodb: driverVersion, strictQuery: strictness(mongoose), writes: writes(mongoose), operators: operators(mongoose), made: made(mongoose),
      models: models(mongoose), ...(await driven(load)),
    };
    if (folder !== folders[folders.length - 1]) continue;
    out.casting = casting(mongoose);
    out.plurals = Object.fromEntries(NAMES.map((name) => [name, new mongoose.Mongoose().model(name, new mongoose.Schema({})).collection.name]));
    out.schemas = schemas(path.resolve(folder));
  }
  process.stdout.write(JSON.stringify(out, null, 1) + "\n", () => process.exit(0));
}

main(process.argv.slice(2)).catch((error) => {
  process.stderr.write(`${error.stack}\n`);
  process.exit(1);
});
