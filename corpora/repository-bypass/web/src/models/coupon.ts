import mongoose from "mongoose";

const couponSchema = new mongoose.Schema({ code: { type: String, index: true }, percent: Number });

export const Coupon = mongoose.model("Coupon", couponSchema);
