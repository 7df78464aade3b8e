export type Status = "draft" | "lost";
