import { Db, MongoClient } from "mongodb";

const client = new MongoClient(process.env.MONGO_URL!);

export function database(): Db {
  return client.db("shop");
}
