import { MongoClient } from "mongodb";

const db = new MongoClient("mongodb://localhost").db("shop");

test("only tests search it", async () => {
  expect(await db.collection("probes").findOne({ name: "a" })).toBeNull();
});
