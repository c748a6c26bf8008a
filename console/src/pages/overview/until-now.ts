import type { Schema } from "@/api/types";

/** Calls of a whole day by hour, as far as a time of day: of the hour that runs, the part that is over. `at` is `2026-11-24 15:22:07 (zone)`. */
export function untilNowOf(usage: Schema["Usage"], at: string): number {
  const [hour, minute] = [Number(at.slice(11, 13)), Number(at.slice(14, 16))];
  const calls = usage.series[0]?.calls ?? [];
  const over = calls.slice(0, hour).reduce((sum, one) => sum + one, 0);
  return over + Math.round(((calls[hour] ?? 0) * minute) / 60);
}
