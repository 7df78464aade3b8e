import { Ticket } from "./ticket";

export async function ofQueue(queue: string) {
  return Ticket.find({ queue, closed: false }).sort({ priority: -1 }).limit(20);
}

export async function ofCustomer(customer: string) {
  return Ticket.find({ customer }).limit(20); // want missing-index "no index of \"tickets\" serves a search by \"customer\""
}

export async function close(customer: string, openedAt: Date) {
  await Ticket.updateMany({ openedAt: { $lt: openedAt }, customer }, { closed: true }); // want missing-index "\"customer\", \"openedAt\""
}

export async function byCode(code: string) {
  return Ticket.findOne({ code });
}

export async function byId(id: string) {
  return Ticket.findById(id);
}

export async function urgent(priorities: number[]) {
  return Ticket.find({ priority: { $in: priorities } }).limit(20); // want missing-index "\"priority\""
}
