import { Coupon } from "../models/coupon";

export function byCode(code: string) {
  return Coupon.findOne({ code: String(code) });
}
