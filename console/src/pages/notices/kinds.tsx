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
}

const REFUSED = ["rejected_by_machine", "rejected_by_person", "appeal_lost"];

/** How a notice looks and where it leads. */
export function lookOf(about: About): Look {
  switch (about.notice) {
    case "pack_used":
      return { kind: "use", icon: <UsageIcon />, tone: about.percent >= 100 ? "bad" : about.percent >= 95 ? "warning" : "plain", page: "buy?what=pack" };
    case "licence_ends":
      return { kind: "time", icon: <TimeIcon />, tone: about.days_left <= 7 ? "warning" : "plain", page: `buy?what=licence&activity=${about.activity}` };
    case "pack_ends":
      return { kind: "time", icon: <TimeIcon />, tone: about.days_left <= 7 ? "warning" : "plain", page: "usage?split=charged_to" };
    case "window_ends":
      return { kind: "time", icon: <TimeIcon />, tone: about.days_left <= 7 ? "warning" : "plain", page: `activities/${about.activity}/materials` };
    case "in_arrears":
      return { kind: "money", icon: <WarningIcon />, tone: "bad", page: "balance" };
    case "service_restored":
      return { kind: "money", icon: <SuccessIcon />, tone: "good", page: "balance" };
    case "bill_drawn":
      return { kind: "money", icon: <BillsIcon />, tone: about.paid ? "plain" : "bad", page: `bills/${about.month}` };
    case "material_decided":
      return { kind: "review", icon: <ReviewIcon />, tone: REFUSED.includes(about.status) ? "warning" : "good", page: `activities/${activityOf(about.material)}/materials` };
  }
}

/** The activity in a material's id: `qc_300100_154001_1`. */
function activityOf(material: string): string {
  return material.split("_")[1] ?? "";
}
