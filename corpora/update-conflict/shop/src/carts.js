const { MongoClient } = require("mongodb");

const client = new MongoClient(process.env.MONGO_URL);
const carts = client.db("shop").collection("carts");

async function checkout(id, lines) {
  await carts.updateOne(
    { id },
    // want update-conflict "sets \"lines\" by $push and by $set"
    { $push: { lines: { $each: lines } }, $set: { lines: [], paid: true } }
  );
  await carts.bulkWrite([
    // want update-conflict "\"total\" by $unset and \"total.net\" by $set"
    { updateOne: { filter: { id }, update: { $set: { "total.net": 4 }, $unset: { total: "" } } } },
  ]);
  await carts.findOneAndUpdate({ id }, { $set: { paid: true }, $currentDate: { paidAt: true } });
}

module.exports = { checkout };
