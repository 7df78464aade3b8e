import { MongoClient } from "mongodb";
import { Invoice, Label, Shipment } from "./models/invoice";

const client = new MongoClient(process.env.MONGO_URL ?? "");
const db = client.db("shop");

export async function inStock(sku: string) {
  return db.collection("stock").findOne({ sku });  // want missing-index "no index of \"stock\" serves a search by \"sku\""
}

export async function notes(author: string) {
  return db.collection("notes").find({ author }).limit(10).toArray();  // want unindexed-collection "\"notes\""
}

export async function clearNotes(author: string) {
  await db.collection("notes").deleteMany({ author }); // want hard-delete
}

export async function invoice(number: string) {
  return Invoice.findOne({ number });
}

export async function shipments(zip: string) {
  return Shipment.find({ "address.zip": zip }).limit(20);  // want unindexed-collection "\"shipments\" has no index beside _id, and is searched by \"address.zip\""
}

export async function labels(carrier: string) {
  return Label.find({ "shipment.carrier": carrier }).limit(20);
}
