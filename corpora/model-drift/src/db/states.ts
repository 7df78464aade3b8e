export const STATES = ["draft", "paid", "sent"] as const;
