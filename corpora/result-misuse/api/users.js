const User = require("./models/user");

async function rename(id, name) {
  User.findByIdAndUpdate(id, { name }); // want result-misuse "never run"
  await User.findByIdAndUpdate(id, { name });
  User.updateOne({ _id: id }, { name }).exec();
  User.updateOne({ _id: id }, { name }).then(() => undefined);
  User.findByIdAndUpdate(id, { name }, { new: true }, (err) => undefined);
}

function removed(id) {
  return User.updateOne({ _id: id }, { name: "" });
}

async function both(id) {
  await Promise.all([User.updateOne({ _id: id }, { name: "a" }), User.updateOne({ _id: id }, { name: "b" })]);
}

module.exports = { rename, removed, both };
