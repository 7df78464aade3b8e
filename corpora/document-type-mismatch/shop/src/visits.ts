import { MongoClient } from "mongodb";

const visits = new MongoClient(process.env.MONGO_URL!).db("shop").collection("visits");

export async function visit(path: string) {
  await visits.insertOne({ path, at: new Date(), tick: Date.now(), count: 1 });
}

export async function since(ticks: number, minimum: string) {
  await visits.find({ tick: { $gt: Date.now() - ticks } }).toArray();
  await visits.find({ tick: { $lt: Date.now() }, at: { $lt: new Date() } }).toArray();
  // want document-type-mismatch "\"at\" of \"visits\" holds date and is compared with number"
  await visits.find({ at: { $lt: Date.now() } }).toArray();
  // want document-type-mismatch "\"count\" of \"visits\" holds int and is compared with string"
  return visits.find({ count: { $gte: minimum } }).toArray();
}
