import { Schema, model } from "mongoose";

const ticketSchema = new Schema({
  code: { type: String, unique: true },
  customer: { type: Schema.Types.ObjectId, ref: "Customer" },
  queue: String,
  priority: Number,
  closed: Boolean,
  openedAt: { type: Date, default: Date.now },
});

ticketSchema.index({ queue: 1, priority: -1 });

export const Ticket = model("Ticket", ticketSchema);
