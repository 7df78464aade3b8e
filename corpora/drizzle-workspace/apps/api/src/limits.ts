export const limits = { orders: 20, note: "old" };
