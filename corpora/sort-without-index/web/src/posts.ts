import { Post } from "./post";

export async function newest() {
  return Post.find({}).sort({ publishedAt: -1 }).limit(10).lean();
}

export async function liked() {
  return Post.find().sort("-likes publishedAt").limit(10); // want sort-without-index "\"likes\", \"publishedAt\""
}

export async function likedOf(author: string) {
  return Post.find({ author }, null, { sort: { likes: -1 }, limit: 10 }); // want sort-without-index "\"likes\""
}

export async function page(after: Date) {
  return Post.aggregate([
    { $match: { publishedAt: { $gt: after } } },
    { $sort: { publishedAt: 1 } },
    { $limit: 10 },
  ]);
}
