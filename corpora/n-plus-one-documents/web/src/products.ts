import { MongoClient } from "mongodb";
import { Product, Shop } from "./models";
import { Repository } from "./repository";

class ProductRepository extends Repository<unknown> {
  constructor() {
    super(Product);
  }

  async ofSku(sku: string) {
    return this.one({ sku });
  }
}

const products = new ProductRepository();
const db = new MongoClient(process.env.MONGO_URL ?? "").db("shop");

export async function direct(skus: string[]) {
  const found = [];
  for (const sku of skus) {
    found.push(await Product.findOne({ sku })); // want n-plus-one "query of \"products\" runs once for each element of the loop"
  }
  return found;
}

export async function atOnce(ids: string[]) {
  return Promise.all(ids.map((id) => Product.findById(id))); // want n-plus-one "\"products\""
}

export async function through(skus: string[]) {
  return Promise.all(skus.map(async (sku) => products.ofSku(sku))); // want n-plus-one "\"products\""
}

export async function inherited(ids: string[]) {
  for (const id of ids) {
    console.log(await products.byId(id)); // want n-plus-one "\"products\""
  }
}

export async function shops(found: { shop: string; name?: string }[]) {
  found.forEach(async (one) => {
    const shop = await db.collection("shops").findOne({ name: one.shop }); // want n-plus-one "\"shops\""
    one.name = shop?.name;
  });
}

// Each document asks for what it refers to.
export async function filled() {
  const found = await Product.find({}).limit(20);
  for (const product of found) {
    await product.populate("shop"); // want n-plus-one "\"products\""
  }
  return found;
}

// All of them at once.
export async function filledAtOnce() {
  return Product.find({}).limit(20).populate("shop");
}

export async function listed(skus: string[]) {
  return Product.find({ sku: { $in: skus } }).limit(50);
}

const NAMES = ["first", "second"];

export async function constants() {
  for (const name of NAMES) {
    await Shop.findOne({ name });
  }
}

export async function unrelated(ids: string[], name: string) {
  for (const id of ids) {
    console.log(id, await Shop.findOne({ name }));
  }
}
