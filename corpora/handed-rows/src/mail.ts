// A method of the same name that writes nothing.
export class Mail {
  fileOrder(order: { orderKind: string }) {
    return fetch("/orders", { method: "POST", body: JSON.stringify(order) });
  }
}

const mail = new Mail();

export function order() {
  return mail.fileOrder({ orderKind: "gift" });
}
