const mongoose = require("mongoose");

const authorSchema = new mongoose.Schema({ name: { type: String, index: true } });
const bookSchema = new mongoose.Schema({ title: String, author: { type: mongoose.Schema.Types.ObjectId, ref: "Author", index: true } });
const seriesSchema = new mongoose.Schema({ title: { type: String, index: true } });
const partSchema = new mongoose.Schema({ title: String, series: { type: mongoose.Schema.Types.ObjectId, ref: "Series", index: true } });

seriesSchema.pre("findOneAndDelete", async function () {
  await mongoose.model("Part").deleteMany({ series: this.getQuery()._id });
});

module.exports = {
  Author: mongoose.model("Author", authorSchema),
  Book: mongoose.model("Book", bookSchema),
  Series: mongoose.model("Series", seriesSchema),
  Part: mongoose.model("Part", partSchema),
};
