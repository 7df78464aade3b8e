import { storage } from "../src/storage";

test("refuses", async () => {
  await expect(storage.createOrder({ userId: 1, orderKind: "gift" })).rejects.toThrow();
});
