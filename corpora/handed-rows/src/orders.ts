// What is given to them: a value counts where it is sure to arrive.
import { complete, texts } from "./texts";
import { storage } from "./storage";
import type { Terminal } from "@shop/terminal";
import type { NewOrder } from "./schema";

const LOST = "lost";

export async function open(userId: number) {
  await storage.createOrder({
    userId,
    orderKind: "gift", // want check-violation "'gift' is written to column \"orders.order_kind\", which allows retail, trade"
    status: "draft",
    note: "gift",
  });
  await storage.createOrder({ userId, orderKind: "trade", status: LOST }); // want MISSING: check-violation "'lost'"
  await storage.createOrder({ userId, orderKind: "trade", channel: "phone" as never }); // want check-violation "'phone'"
  await storage.changeOrder(userId, { status: "gone", note: "x" });
  await storage.changeUser(userId, { role: "guest" }); // want check-violation "'guest'"
}

export async function openMany(userId: number, names: string[]) {
  const order = { userId, orderKind: "bulk" }; // want check-violation "'bulk'"
  await storage.createOrder(order);
  await storage.saveOrders(names.map((note) => ({ userId, note, orderKind: "parcel" }))); // want check-violation "'parcel'"
  await storage.saveOrders([{ userId, orderKind: "retail" }, { userId, orderKind: "loan" }]); // want check-violation "'loan'"
}

export async function openWritten(userId: number, days: number) {
  const pending = [];
  for (let day = 0; day < days; day++) {
    pending.push(
      texts.write(userId, day).then((written) => ({
        ...written,
        userId,
        orderKind: "post", // want check-violation "'post'"
        status: "draft",
      })),
    );
  }
  const written = await Promise.all(pending);
  for (const one of written) {
    const made = await storage.createOrder(one);
    console.log(made.id);
  }
}

// What comes later may be another value.
export async function maybe(userId: number, rest: Partial<NewOrder>, isTrade: boolean) {
  await storage.createOrder({ userId, orderKind: "gift", ...rest });
  await storage.createOrder({ userId, orderKind: isTrade ? "trade" : "gift" });
  await storage.createOrder({ ...rest, userId, ["order" + "Kind"]: "trade", orderKind: "retail" });
}

export async function changed(userId: number, isTrade: boolean, key: "orderKind") {
  const first = { userId, orderKind: "gift" };
  first.orderKind = "retail";
  await storage.createOrder(first);
  const second = { userId, orderKind: "gift" };
  complete(second);
  await storage.createOrder(second);
  let third = { userId, orderKind: "gift" };
  if (isTrade) {
    third = { userId, orderKind: "trade" };
  }
  await storage.createOrder(third);
  const fourth = { userId, orderKind: "gift" };
  fourth[key] = "trade";
  await storage.createOrder(fourth);
  const fifth = { userId, orderKind: "gift" };
  const same = fifth;
  same.orderKind = "trade";
  await storage.createOrder(fifth);
}

// The list holds more than what is seen.
export async function mixed(userId: number, more: NewOrder[]) {
  const list = [{ userId, orderKind: "retail" }];
  list.push(...more);
  await storage.saveOrders(list);
  const rows: NewOrder[] = [];
  rows.push({ userId, orderKind: "gift" });
  complete(rows[0]);
  await storage.saveOrders(rows);
  await storage.saveOrders(more.map((one) => ({ orderKind: "gift", ...one })));
}

// A method of one word on an object that nobody here knows is any library's.
export async function charge(api: Record<string, any>, terminal: Terminal) {
  await api.receipts.issue({ orderKind: "gift" });
  await terminal.issue({ orderKind: "gift" });
}

// The function has the last word.
export async function settled(userId: number) {
  await storage.draftOrder({ userId, orderKind: "retail", status: "lost" });
  await storage.cleanOrder({ userId, orderKind: "retail", status: "lost" });
  await storage.checkedOrder({ userId, orderKind: "gift", status: "lost" });
  await storage.repairedOrder({ userId, orderKind: "gift", status: "lost" });
  await storage.filledOrder({ userId, orderKind: "gift", status: "lost" });
}
