import { Collection } from "mongodb";
import { database } from "./db";

interface Address {
  city: string;
  zip: string;
}

interface User {
  name: string;
  email: string;
  address?: Address;
}

const users = () => database().collection("users");

export class Users {
  constructor(private readonly collection: Collection = users()) {}

  async add(user: User): Promise<void> {
    await this.collection.insertOne({ ...user, createdAt: new Date() });
  }

  async touch(email: string): Promise<void> {
    await this.collection.updateOne({ email }, { $set: { seenAt: new Date() } });
  }

  inCity(city: string) {
    return this.collection.find({ "address.city": city }).sort({ createdAt: -1 }).toArray();
  }

  inCountry(country: string) {
    // want unknown-document-field "\"address.country\""
    return this.collection.find({ "address.country": country }).toArray();
  }

  async remove(mail: string) {
    // want unknown-document-field "\"mail\""
    await this.collection.deleteOne({ mail });
  }

  search(text: string) {
    return this.collection.find({ $text: { $search: text } }).sort({ score: { $meta: "textScore" } }).toArray();
  }

  latest() {
    return this.collection.find({}).sort({ $natural: -1 }).limit(1).toArray();
  }
}
