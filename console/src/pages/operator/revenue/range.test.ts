import { expect, test } from "vitest";
import { daysOf } from "./range";

test.each([
  ["30", "2026-11-24", "2026-10-26"],
  ["90", "2026-11-24", "2026-08-27"],
  ["30", "2028-03-01", "2028-02-01"],
  ["365", "2026-11-24", "2025-12-01"],
  ["365", "2026-12-31", "2026-01-01"],
] as const)("%s days up to %s begin on %s", (range, today, from) => {
  expect(daysOf(range, today)).toEqual({ from, to: today });
});
