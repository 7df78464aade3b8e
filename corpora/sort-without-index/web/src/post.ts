import { Schema, model } from "mongoose";

const postSchema = new Schema({
  slug: { type: String, unique: true },
  author: { type: Schema.Types.ObjectId, ref: "Author", index: true },
  likes: Number,
  publishedAt: { type: Date, index: true },
});

export const Post = model("Post", postSchema);
