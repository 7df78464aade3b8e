import { Schema, model } from "mongoose";

const reviewSchema = new Schema({
  product: { type: Schema.Types.ObjectId, ref: "Product", index: true },
  text: String,
});

export const Review = model("Review", reviewSchema);
