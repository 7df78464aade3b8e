const Customer = require("../models/customer");
const { Ticket, RefundTicket, Entry } = require("../models/ticket");

exports.list = async (req, res) => {
  const found = await Customer.find({ email: "a@b.c", "settings.theme": "dark", "badges.gold": "yes", createdAt: { $lt: new Date() } }).sort("-updatedAt");
  // What code calls a field otherwise is not accused.
  await Customer.find({ name: "Ann", label: "x" });
  // want unknown-document-field "\"address.street\""
  await Customer.find({ "address.street": "Main" });
  // want unknown-document-field "sorting by it gives no order"
  await Customer.find({}).sort({ created: -1 });
  res.json(found);
};

exports.remove = async (req, res) => {
  // want unknown-document-field "mongoose leaves it out of the filter, which then matches more"
  await Customer.deleteMany({ customerId: "4" });
  res.end();
};

exports.change = async (req, res) => {
  // want unknown-document-field "mongoose leaves it out of what is written"
  await Customer.updateOne({ email: "a@b.c" }, { $set: { phone: "1" } });
  await Customer.collection.updateOne({ email: "a@b.c" }, { $set: { imported: true } });
  await Customer.find({ imported: true });
  res.end();
};

exports.save = async (req, res) => {
  const given = req.body;
  given.consent = true;
  // One object for two models: each takes what it knows.
  await Customer.updateOne({ email: given.email }, { $set: given }); // want nosql-injection
  res.end();
};

exports.tickets = async (req, res) => {
  await Ticket.find({ kind: "RefundTicket", amount: 4, __v: 0 });
  await RefundTicket.find({ title: "Broken" });
  await Entry.find({ anything: 1 });
  res.end();
};
