const mongoose = require("mongoose");

const userSchema = new mongoose.Schema({ email: { type: String, index: true }, password: String, role: String });

module.exports = mongoose.model("User", userSchema);
