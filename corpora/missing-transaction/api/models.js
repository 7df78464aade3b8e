const mongoose = require("mongoose");

const Cart = mongoose.model("Cart", new mongoose.Schema({ user: { type: mongoose.Schema.Types.ObjectId, index: true }, skus: [String] }));
const Sale = mongoose.model("Sale", new mongoose.Schema({ user: { type: mongoose.Schema.Types.ObjectId, index: true }, skus: [String], cart: mongoose.Schema.Types.ObjectId }));

module.exports = { Cart, Sale };
