const { MongoClient } = require("mongodb");

const db = new MongoClient("mongodb://localhost:27017").db("web");

async function add(id) {
  await db.collection("baskets").insertOne({ _id: id, items: [] });
}

async function drop(id) {
  await db.collection("sessions").deleteOne({ _id: id });
  await db.collection("baskets").deleteOne({ _id: id }); // want hard-delete "nothing in the project marks one"
}

async function dropAll(ids) {
  // The project is told once.
  await db.collection("baskets").deleteMany({ _id: { $in: ids } });
}

module.exports = { add, drop, dropAll };
