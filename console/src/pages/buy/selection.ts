import type { Schema } from "@/api/types";
import { isDay } from "@/app/days";
import type { DayRange } from "@/components/qps-calendar/days";

export type What = "licence" | "qps" | "pack";

/** What is being bought, as it stands in the page's address: links can lead to a filled order, and a reload keeps it. */
export interface Selection {
  what: What;
  activity: string | null;
  range: DayRange | null;
  extra: number;
  pack: string | null;
}

export function readSelection(params: URLSearchParams): Selection {
  const what = params.get("what");
  const [from, to] = [params.get("from"), params.get("to")];
  const extra = Number(params.get("extra") ?? 0);
  return {
    what: what === "qps" || what === "pack" ? what : "licence",
    activity: params.get("activity"),
    range: isDay(from) && isDay(to) && from <= to ? { first: from, last: to } : null,
    extra: Number.isSafeInteger(extra) && extra > 0 ? extra : 0,
    pack: params.get("pack"),
  };
}

export function writeSelection(selection: Selection): URLSearchParams {
  const params = new URLSearchParams({ what: selection.what });
  const { activity, range, extra, pack } = selection;
  if (activity !== null) {
    params.set("activity", activity);
  }
  if (range !== null) {
    params.set("from", range.first);
    params.set("to", range.last);
  }
  if (extra > 0) {
    params.set("extra", String(extra));
  }
  if (pack !== null) {
    params.set("pack", pack);
  }
  return params;
}

/** The purchase that is chosen; `null` while something is missing. */
export function purchaseOf(selection: Selection, activities: readonly Schema["Activity"][]): Schema["Purchase"] | null {
  const { what, range, extra, pack } = selection;
  if (what === "pack") {
    return pack === null ? null : { buy: "pack", pack };
  }
  const activity = activities.find((one) => one.id === selection.activity);
  if (activity === undefined) {
    return null;
  }
  const request = range !== null && extra > 0 ? { first_day: range.first, last_day: range.last, extra } : null;
  if (what === "qps") {
    return request === null || activity.licensed_until === null ? null : { buy: "qps", activity: activity.id, request };
  }
  return { buy: "licence", activity: activity.id, renew: activity.licensed_until !== null, qps: request === null ? [] : [request] };
}
