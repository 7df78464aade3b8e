const mongoose = require("mongoose");

const Member = mongoose.model("Member", new mongoose.Schema({ email: String, visits: Number }, { timestamps: true }));

exports.visit = async (email) => {
  await Member.updateOne(
    { email },
    { $set: { createdAt: new Date() }, $setOnInsert: { createdAt: new Date() }, $inc: { visits: 1 } },
    { upsert: true }
  );
  // want update-conflict "sets \"visits\" by $inc and by $setOnInsert"
  await Member.findOneAndUpdate({ email }, { $inc: { visits: 1 }, $setOnInsert: { visits: 0 } }, { upsert: true });
};
