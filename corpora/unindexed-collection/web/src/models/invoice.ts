import { Schema, model } from "mongoose";

const invoiceSchema = new Schema({
  number: { type: String, unique: true },
  orderId: String,
});

const shipmentSchema = new Schema({ orderId: String, address: { zip: String } });

const labelSchema = new Schema({ shipment: { carrier: { type: String, index: true } }, colour: String });

export const Invoice = model("Invoice", invoiceSchema);
export const Shipment = model("Shipment", shipmentSchema);
export const Label = model("Label", labelSchema);
