import { addDays, weekday } from "@/app/days";
import type { Schema } from "@/api/types";

/** Days in a row, both ends included. */
export interface DayRange {
  first: string;
  last: string;
}

/** A day of the calendar with what a purchase would make of it. */
export interface CalendarDay {
  day: string;
  /** Calls a second it has without the purchase. */
  now: number;
  /** With it; the same on days that are not chosen. */
  then: number;
  chosen: boolean;
  /** It would have more than an activity may. */
  isOver: boolean;
}

interface Purchase {
  range: DayRange | null;
  extra: number;
  ceiling: number;
  /** Fixed calls a second of a licence that is bought along, for days that have none yet. */
  newFixed?: number | undefined;
}

/** What a purchase makes of the days. */
export function withPurchase(days: readonly Schema["QpsDay"][], { range, extra, ceiling, newFixed }: Purchase): CalendarDay[] {
  return days.map((day) => {
    const now = day.licensed || newFixed === undefined ? day.effective : newFixed;
    const chosen = range !== null && day.day >= range.first && day.day <= range.last;
    // The sum, not what the ceiling leaves of it: it tells by how much a purchase is too much.
    const sum = (day.licensed || newFixed === undefined ? day.fixed : newFixed) + day.upgrades + extra;
    return { day: day.day, now, then: chosen && extra > 0 ? sum : now, chosen, isOver: chosen && extra > 0 && sum > ceiling };
  });
}

/** The most that may be added on every chosen day, in whole steps. */
export function mostExtra(days: readonly CalendarDay[], ceiling: number, step: number): number {
  const room = days.filter((day) => day.chosen).map((day) => ceiling - day.now);
  return room.length === 0 ? 0 : Math.max(0, Math.floor(Math.min(...room) / step) * step);
}

/** Days in rows of weeks from Monday to Sunday; `null` where a week reaches beyond them. */
export function weeksOf<T extends { day: string }>(days: readonly T[]): (T | null)[][] {
  const [first] = days;
  if (first === undefined) {
    return [];
  }
  const cells: (T | null)[] = [...Array.from({ length: weekday(first.day) }, () => null), ...days];
  while (cells.length % 7 !== 0) {
    cells.push(null);
  }
  return Array.from({ length: cells.length / 7 }, (_, week) => cells.slice(week * 7, week * 7 + 7));
}

/** The range between two days, whichever comes first. */
export function rangeOf(a: string, b: string): DayRange {
  return a <= b ? { first: a, last: b } : { first: b, last: a };
}

/** Where a key leads from a day, within the days there are; `null` where it leads nowhere. */
export function dayByKey(key: string, day: string, first: string, last: string): string | null {
  const steps: Record<string, number> = { ArrowLeft: -1, ArrowRight: 1, ArrowUp: -7, ArrowDown: 7 };
  const to =
    key === "Home" ? addDays(day, -weekday(day))
    : key === "End" ? addDays(day, 6 - weekday(day))
    : steps[key] === undefined ? null
    : addDays(day, steps[key]);
  if (to === null) {
    return null;
  }
  // A step beyond the end stays; the ends of a week are cut to the days there are.
  if (key === "Home" || key === "End") {
    return to < first ? first : to > last ? last : to;
  }
  return to < first || to > last ? day : to;
}
