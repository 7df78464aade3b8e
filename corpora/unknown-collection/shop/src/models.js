const mongoose = require("mongoose");

const Person = mongoose.model("Person", new mongoose.Schema({ name: String, team: mongoose.Schema.Types.ObjectId }));
const Category = mongoose.model("Category", new mongoose.Schema({ title: String }));

module.exports = { Person, Category };
