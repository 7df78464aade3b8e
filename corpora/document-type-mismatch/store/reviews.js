const mongoose = require("mongoose");

const reviewSchema = new mongoose.Schema({
  stars: Number,
  text: String,
  product: { type: mongoose.Schema.Types.ObjectId, ref: "Product" },
  words: [String],
  written: Date,
});
const Review = mongoose.model("Review", reviewSchema);

exports.find = async (id, user) => {
  // mongoose converts in filters what can be converted.
  await Review.find({ stars: "4", text: 4, product: "5f1d7f3c2b9e4a0012345678", written: "2024-01-01", words: 4 });
  // want document-type-mismatch "\"stars\" of \"reviews\" holds number and is compared with string that mongoose cannot convert: it throws a CastError"
  await Review.find({ stars: "four" });
  // want document-type-mismatch "it throws a CastError"
  await Review.find({ product: "newest" });
  await Review.aggregate([
    // want document-type-mismatch "\"product\" of \"reviews\" holds objectId and is compared with string: they are never equal"
    { $match: { product: String(id) } },
    { $group: { _id: "$product", stars: { $avg: "$stars" } } },
    { $match: { stars: { $gt: 3 }, _id: String(user) } },
  ]);
};
