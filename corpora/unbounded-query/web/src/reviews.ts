import { MongoClient } from "mongodb";
import { Review } from "./review";

const db = new MongoClient(process.env.MONGO_URL ?? "").db("shop");

export async function write(product: string, text: string) {
  await Review.create({ product, text });
  await db.collection("events").insertOne({ name: "review", product });
}

export async function all() {
  const reviews = await Review.find(); // want unbounded-query "all documents of \"reviews\""
  return reviews.map((one) => one.text);
}

export async function allLean() {
  return Review.find({}).select("text").lean(); // want unbounded-query "all documents of \"reviews\""
}

export async function newest(page: number) {
  return await Review.find().sort({ _id: -1 }).skip(page * 20).limit(20);
}

// What belongs to one product is seldom much.
export async function ofProduct(product: string) {
  return await Review.find({ product });
}

export async function count() {
  return await Review.find().countDocuments();
}

// The caller says more.
export function everything() {
  return Review.find();
}

export async function events() {
  return db.collection("events").find({}).toArray(); // want unbounded-query "all documents of \"events\""
}

export async function someEvents() {
  return db.collection("events").find({}, { limit: 50 }).toArray();
}

export async function eachEvent() {
  for await (const event of db.collection("events").find({})) {
    console.log(event);
  }
}
