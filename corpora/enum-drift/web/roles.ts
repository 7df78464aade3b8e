export const ROLES = ["guest", "member", "admin"] as const;
export type Role = (typeof ROLES)[number]; // want enum-drift "has \"admin\", which the database refuses and lacks \"owner\""

// A filter offers more and fewer than there are.
export type RoleFilter = "all" | "member";

// What a visitor may ask for is not all there is.
export type RoleInput = "guest" | "member"; // want enum-drift "lacks \"owner\""
