const { Person, Category } = require("./models");

exports.people = () => Person.find({ name: "Ann" });
exports.titles = () => Category.find({}).sort({ title: 1 });

exports.report = () =>
  Person.aggregate([
    // want unknown-collection "(did you mean \"categories\"?)"
    { $lookup: { from: "category", localField: "team", foreignField: "_id", as: "categories" } },
    { $lookup: { from: "people", localField: "team", foreignField: "_id", as: "mates" } },
    { $out: "reports_of_people" },
  ]);
