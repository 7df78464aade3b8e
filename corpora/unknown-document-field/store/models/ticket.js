const mongoose = require("mongoose");

const options = { discriminatorKey: "kind" };
const ticketSchema = new mongoose.Schema({ title: String }, options);
const Ticket = mongoose.model("Ticket", ticketSchema);

const RefundTicket = Ticket.discriminator("RefundTicket", new mongoose.Schema({ amount: Number }, options));

const looseSchema = new mongoose.Schema({ level: String }, { strict: false });
const Entry = mongoose.model("Entry", looseSchema);

module.exports = { Ticket, RefundTicket, Entry };
