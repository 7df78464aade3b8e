const mongoose = require("mongoose");
const { Cart, Sale } = require("./models");

async function checkout(cartId, userId, skus) {
  await Sale.create({ user: userId, skus, cart: cartId }); // want missing-transaction "belong together"
  await Cart.deleteOne({ _id: cartId }); // want hard-delete
}

async function checkoutAtOnce(cartId, userId, skus) {
  await mongoose.connection.transaction(async (session) => {
    await Sale.create([{ user: userId, skus, cart: cartId }], { session });
    await Cart.deleteOne({ _id: cartId }).session(session);
  });
}

module.exports = { checkout, checkoutAtOnce };
