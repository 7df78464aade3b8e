const mongoose = require("mongoose");

const customerSchema = new mongoose.Schema(
  {
    email: { type: String, required: true },
    n: { type: String, alias: "name" },
    settings: mongoose.Schema.Types.Mixed,
    badges: { type: Map, of: String },
    address: { city: String },
  },
  { timestamps: true }
);

customerSchema.virtual("label").get(function () {
  return `${this.n} <${this.email}>`;
});

module.exports = mongoose.model("Customer", customerSchema);
