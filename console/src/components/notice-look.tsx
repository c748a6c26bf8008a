import type { ReactNode } from "react";
import type { Schema } from "@/api/types";
import { BillsIcon, ReviewIcon, SuccessIcon, TimeIcon, UsageIcon, WarningIcon } from "@/components/icons";

export type Kind = "use" | "time" | "money" | "review";
type About = Schema["NoticeBody"];

interface Look {
  kind: Kind;
  icon: ReactNode;
  tone: "plain" | "warning" | "bad" | "good";
  /** Page of the account on which something can be done about it. */
  page: string;
  /** What is done there. */
  go: "buyPack" | "buyLicence" | "renew" | "usage" | "materials" | "balance" | "bill";
}

const REFUSED = ["rejected_by_machine", "rejected_by_person", "appeal_lost"];

const NONE: ReadonlySet<string> = new Set();

/** How a notice looks and where it leads, for an account that has licences for these activities. */
export function lookOf(about: About, licensed = NONE): Look {
  switch (about.notice) {
    case "pack_used":
      if (isFreeOfLicensed(about, licensed)) {
        return { kind: "use", icon: <UsageIcon />, tone: "plain", page: "usage?split=charged_to", go: "usage" };
      }
      return { kind: "use", icon: <UsageIcon />, tone: about.percent >= 100 ? "bad" : about.percent >= 95 ? "warning" : "plain", ...whenUsed(about) };
    case "licence_ends":
      return { kind: "time", icon: <TimeIcon />, tone: about.days_left <= 7 ? "warning" : "plain", page: `buy?what=licence&activity=${about.activity}`, go: "renew" };
    case "pack_ends":
      return { kind: "time", icon: <TimeIcon />, tone: about.days_left <= 7 ? "warning" : "plain", page: "usage?split=charged_to", go: "usage" };
    case "window_ends":
      return { kind: "time", icon: <TimeIcon />, tone: about.days_left <= 7 ? "warning" : "plain", page: `activities/${about.activity}/materials`, go: "materials" };
    case "in_arrears":
      return { kind: "money", icon: <WarningIcon />, tone: "bad", page: "balance", go: "balance" };
    case "service_restored":
      return { kind: "money", icon: <SuccessIcon />, tone: "good", page: "balance", go: "balance" };
    case "bill_drawn":
      return { kind: "money", icon: <BillsIcon />, tone: about.paid ? "plain" : "bad", page: `bills/${about.month}`, go: "bill" };
    case "material_decided":
      return { kind: "review", icon: <ReviewIcon />, tone: REFUSED.includes(about.status) ? "warning" : "good", page: `activities/${activityOf(about.material)}/materials`, go: "materials" };
  }
}

/** Whether it tells of free calls that are not missed: their activity has a licence by now. */
export function isFreeOfLicensed(about: About, licensed: ReadonlySet<string>): boolean {
  return about.notice === "pack_used" && about.kind === "free" && about.activity !== null && licensed.has(about.activity);
}

/** What goes on when calls are used up: a licence for free calls, otherwise another pack. */
function whenUsed(about: Extract<About, { notice: "pack_used" }>): Pick<Look, "page" | "go"> {
  return about.kind === "free" && about.activity !== null ? { page: `buy?what=licence&activity=${about.activity}`, go: "buyLicence" } : { page: "buy?what=pack", go: "buyPack" };
}

/** The activity in a material's id: `qc_300100_154001_1`. */
function activityOf(material: string): string {
  return material.split("_")[1] ?? "";
}
