import type { NewOrder } from "./schema";

export const texts = {
  async write(userId: number, day: number): Promise<NewOrder> {
    return { userId, orderKind: "retail", note: `day ${day}` };
  },
};

export function complete(order: { orderKind: string }) {
  order.orderKind = "retail";
}
