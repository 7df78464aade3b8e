const { Schema, model } = require("mongoose");

const Member = model("Member", new Schema({ email: { type: String, index: true }, name: String }));

exports.find = async (req, res) => {
  res.json(await Member.findOne({ email: req.body.email }));
};

exports.join = async (req, res) => {
  res.json(await Member.create({ email: String(req.body.email), name: String(req.body.name) }));
};
