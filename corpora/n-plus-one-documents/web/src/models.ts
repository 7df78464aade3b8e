import { Schema, model } from "mongoose";

const productSchema = new Schema({ sku: { type: String, unique: true }, shop: { type: Schema.Types.ObjectId, ref: "Shop", index: true } });
const shopSchema = new Schema({ name: { type: String, index: true } });

export const Product = model("Product", productSchema);
export const Shop = model("Shop", shopSchema);
