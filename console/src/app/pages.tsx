import type { ComponentType, ReactNode } from "react";
import * as Icon from "@/components/icons";
import type { useWords } from "./words";

type Words = ReturnType<typeof useWords>;

/** A page in the side menu. */
export interface MenuPage {
  /** Path below `/accounts/:account/` or `/operator/`. */
  path: string;
  title: (words: Words) => string;
  icon: ReactNode;
}

export interface MenuGroup {
  title: ((words: Words) => string) | null;
  pages: MenuPage[];
}

/** The side menu of an account, in its order. */
export const accountMenu: MenuGroup[] = [
  { title: null, pages: [{ path: "overview", title: (w) => w.overview, icon: <Icon.OverviewIcon /> }] },
  {
    title: (w) => w.groupUse,
    pages: [
      { path: "activities", title: (w) => w.activities, icon: <Icon.ActivitiesIcon /> },
      { path: "usage", title: (w) => w.usage, icon: <Icon.UsageIcon /> },
    ],
  },
  {
    title: (w) => w.groupCost,
    pages: [
      { path: "buy", title: (w) => w.buy, icon: <Icon.BuyIcon /> },
      { path: "planner", title: (w) => w.planner, icon: <Icon.PlannerIcon /> },
      { path: "bills", title: (w) => w.bills, icon: <Icon.BillsIcon /> },
      { path: "orders", title: (w) => w.orders, icon: <Icon.OrdersIcon /> },
      { path: "balance", title: (w) => w.balance, icon: <Icon.WalletIcon /> },
    ],
  },
  {
    title: (w) => w.groupDevelop,
    pages: [
      { path: "keys", title: (w) => w.keys, icon: <Icon.KeyIcon /> },
      { path: "explorer", title: (w) => w.explorer, icon: <Icon.ExplorerIcon /> },
      { path: "webhooks", title: (w) => w.webhooks, icon: <Icon.WebhookIcon /> },
    ],
  },
  {
    title: (w) => w.groupAccount,
    pages: [
      { path: "notices", title: (w) => w.notices, icon: <Icon.BellIcon /> },
      { path: "members", title: (w) => w.members, icon: <Icon.UsersIcon /> },
      { path: "audit", title: (w) => w.audit, icon: <Icon.AuditIcon /> },
    ],
  },
];

/** The side menu of operators. */
export const operatorMenu: MenuGroup[] = [
  {
    title: (w) => w.groupOperate,
    pages: [
      { path: "accounts", title: (w) => w.operatorAccounts, icon: <Icon.AccountIcon /> },
      { path: "users", title: (w) => w.operatorUsers, icon: <Icon.UsersIcon /> },
      { path: "reviews", title: (w) => w.operatorReviews, icon: <Icon.ReviewIcon /> },
      { path: "catalogue", title: (w) => w.operatorCatalogue, icon: <Icon.CatalogueIcon /> },
      { path: "revenue", title: (w) => w.operatorRevenue, icon: <Icon.RevenueIcon /> },
      { path: "health", title: (w) => w.operatorHealth, icon: <Icon.HealthIcon /> },
      { path: "exemptions", title: (w) => w.operatorExemptions, icon: <Icon.ExemptionIcon /> },
      { path: "audit", title: (w) => w.operatorAudit, icon: <Icon.AuditIcon /> },
    ],
  },
];

type Lazy = () => Promise<{ default: ComponentType }>;

/** Pages below `/accounts/:account/`: path and folder. */
export const accountPages: Record<string, Lazy> = {
  overview: () => import("@/pages/overview"),
  activities: () => import("@/pages/activities"),
  "activities/:activity/:tab?": () => import("@/pages/activity"),
  buy: () => import("@/pages/buy"),
  planner: () => import("@/pages/planner"),
  usage: () => import("@/pages/usage"),
  bills: () => import("@/pages/bills"),
  "bills/:month": () => import("@/pages/bill"),
  orders: () => import("@/pages/orders"),
  "orders/:order": () => import("@/pages/order"),
  balance: () => import("@/pages/balance"),
  keys: () => import("@/pages/keys"),
  webhooks: () => import("@/pages/webhooks"),
  notices: () => import("@/pages/notices"),
  members: () => import("@/pages/members"),
  audit: () => import("@/pages/audit"),
  explorer: () => import("@/pages/explorer"),
};

/** Pages below `/operator/`. */
export const operatorPages: Record<string, Lazy> = {
  accounts: () => import("@/pages/operator/accounts"),
  "accounts/:account": () => import("@/pages/operator/account"),
  users: () => import("@/pages/operator/users"),
  reviews: () => import("@/pages/operator/reviews"),
  catalogue: () => import("@/pages/operator/catalogue"),
  revenue: () => import("@/pages/operator/revenue"),
  health: () => import("@/pages/operator/health"),
  exemptions: () => import("@/pages/operator/exemptions"),
  audit: () => import("@/pages/operator/audit"),
};
