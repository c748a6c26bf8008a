import { addDays, addMonths, daysBetween, firstDay, isDay, lastDay, monthOf } from "@/app/days";

export const RANGES = ["today", "week", "month30", "thisMonth", "lastMonth", "year", "custom"] as const;
export type Range = (typeof RANGES)[number];
export type By = "hour" | "day" | "month";
export type Split = "none" | "activity" | "charged_to" | "outcome";
export type Kind = "bar" | "area";

/** What the page shows, as it stands in its address. */
export interface View {
  range: Range;
  from: string;
  to: string;
  by: By;
  split: Split;
  kind: Kind;
}

/** The API shows 1000 periods at most; hours end a little earlier so that whole days fit. */
const MOST_DAYS: Record<By, number> = { hour: 40, day: 1000, month: 30_000 };

/** Whether days can be shown by a period. */
export function fits(by: By, from: string, to: string): boolean {
  return daysBetween(from, to) <= MOST_DAYS[by];
}

export function daysOf(range: Range, today: string): { from: string; to: string } {
  const month = monthOf(today);
  switch (range) {
    case "today":
      return { from: today, to: today };
    case "week":
      return { from: addDays(today, -6), to: today };
    case "thisMonth":
      return { from: firstDay(month), to: today };
    case "lastMonth":
      return { from: firstDay(addMonths(month, -1)), to: lastDay(addMonths(month, -1)) };
    case "year":
      return { from: firstDay(addMonths(month, -11)), to: today };
    case "month30":
    case "custom":
      return { from: addDays(today, -29), to: today };
  }
}

const oneOf = <T extends string>(all: readonly T[], text: string | null, other: T): T => all.find((one) => one === text) ?? other;

export function readView(params: URLSearchParams, today: string): View {
  const range = oneOf(RANGES, params.get("range"), "month30");
  const usual = daysOf(range, today);
  const [from, to] = [params.get("from"), params.get("to")];
  const custom = range === "custom" && isDay(from) && isDay(to);
  const days = custom ? { from, to } : usual;
  const usualBy = range === "today" ? "hour" : range === "year" ? "month" : "day";
  const asked = oneOf(["hour", "day", "month"] as const, params.get("by"), usualBy);
  const by = fits(asked, days.from, days.to) ? asked : fits("day", days.from, days.to) ? "day" : "month";
  return {
    range,
    ...days,
    by,
    split: oneOf(["none", "activity", "charged_to", "outcome"] as const, params.get("split"), "activity"),
    kind: oneOf(["bar", "area"] as const, params.get("chart"), "bar"),
  };
}

interface Series {
  key: string;
  label: string;
  calls: number[];
  total: number;
}

/** The greatest series, and all others as one, so that colours stay told apart. */
export function mostOf<T extends Series>(series: readonly T[], most: number, name: (others: number) => string): Series[] {
  if (series.length <= most) {
    return [...series];
  }
  const kept = series.slice(0, most - 1);
  const rest = series.slice(most - 1);
  const calls = (rest[0]?.calls ?? []).map((_, index) => rest.reduce((sum, one) => sum + (one.calls[index] ?? 0), 0));
  return [...kept, { key: "others", label: name(rest.length), calls, total: rest.reduce((sum, one) => sum + one.total, 0) }];
}

/** How many of the periods have begun; `now` is `2026-11-24 15:22`. Those to come are not drawn: they would look like hours without calls. */
export function begun(periods: readonly string[], now: string): number {
  return periods.filter((one) => one <= now.slice(0, one.length)).length;
}

/** Periods without what is the same in all of them: the year. */
export function shortPeriods(periods: readonly string[]): string[] {
  const [first] = periods;
  const sameYear = first !== undefined && first.length > 7 && periods.every((one) => one.slice(0, 4) === first.slice(0, 4));
  return sameYear ? periods.map((one) => one.slice(5)) : [...periods];
}
