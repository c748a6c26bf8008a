export const MEMBERS = "/api/v1/accounts/{account}/members";
export const MEMBER = "/api/v1/accounts/{account}/members/{user}";
export const ROLES = ["viewer", "member", "owner"] as const;
