import { Coupon } from "../models/coupon";
import { byCode } from "../repositories/coupon.repository";

export async function discount(code: string) {
  const coupon = await byCode(code);
  return coupon ? coupon.percent : 0;
}

export async function isKnown(code: string) {
  return Coupon.exists({ code: String(code) }); // want repository-bypass "coupon.repository.ts"
}
