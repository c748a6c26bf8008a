import type { Demo } from "./server";
import type { Who } from "./fixtures";

/** A page as axe and the pictures visit it. */
export interface Visit {
  name: string;
  /** `null` for who is not signed in. */
  who: Who | null;
  path: (account: string, demo: Demo) => string;
}

const customer = (name: string, page: string | ((demo: Demo) => string)): Visit => ({
  name,
  who: "customer",
  path: (account, demo) => `/console/accounts/${account}/${typeof page === "string" ? page : page(demo)}`,
});

const operator = (name: string, page: string): Visit => ({
  name: `operator-${name}`,
  who: "operator",
  path: (account) => `/console/operator/${page.replace("{account}", account)}`,
});

/** Every page, and every tab that is a page of its own. */
export const allPages: Visit[] = [
  { name: "login", who: null, path: () => "/console/login" },
  customer("overview", "overview"),
  customer("activities", "activities"),
  customer("activity-materials", (demo) => `activities/${demo.activity}/materials`),
  customer("activity-tuning", (demo) => `activities/${demo.activity}/tuning`),
  customer("activity-licence", (demo) => `activities/${demo.activity}/licence`),
  customer("activity-campaign", (demo) => `activities/${demo.activity}/campaign`),
  customer("activity-settings", (demo) => `activities/${demo.activity}/settings`),
  customer("buy", "buy"),
  customer("planner", "planner"),
  customer("usage", "usage"),
  customer("bills", "bills"),
  customer("orders", "orders"),
  customer("balance", "balance"),
  customer("keys", "keys"),
  customer("webhooks", "webhooks"),
  customer("notices", "notices"),
  customer("members", "members"),
  customer("audit", "audit"),
  customer("explorer", "explorer"),
  { name: "profile", who: "customer", path: () => "/console/profile" },
  { name: "lost", who: "customer", path: (account) => `/console/accounts/${account}/nowhere` },
  operator("accounts", "accounts"),
  operator("account", "accounts/{account}"),
  operator("users", "users"),
  operator("reviews", "reviews"),
  operator("catalogue", "catalogue"),
  operator("revenue", "revenue"),
  operator("health", "health"),
  operator("exemptions", "exemptions"),
  operator("audit", "audit"),
];
