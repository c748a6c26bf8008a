import { describe, expect, test } from "vitest";
import { addDays, addMonths, daysBetween, eachDay, isDay, lastDay, weekday } from "./days";

describe("days", () => {
  test.each([
    ["2026-12-31", 1, "2027-01-01"],
    ["2028-02-28", 1, "2028-02-29"],
    ["2026-11-24", -24, "2026-10-31"],
    ["2026-11-24", 30, "2026-12-24"],
  ])("%s and %d days are %s", (day, days, then) => {
    expect(addDays(day, days)).toBe(then);
  });

  test("both ends count", () => {
    expect(daysBetween("2026-11-24", "2026-11-26")).toBe(3);
    expect(eachDay("2026-11-29", "2026-12-01")).toEqual(["2026-11-29", "2026-11-30", "2026-12-01"]);
    expect(eachDay("2026-11-29", "2026-11-28")).toEqual([]);
  });

  test("weeks begin on Monday", () => {
    expect(weekday("2026-11-23")).toBe(0);
    expect(weekday("2026-11-29")).toBe(6);
  });

  test("months", () => {
    expect(addMonths("2026-11", 2)).toBe("2027-01");
    expect(addMonths("2026-01", -1)).toBe("2025-12");
    expect(lastDay("2028-02")).toBe("2028-02-29");
  });

  test.each([
    ["2026-11-24", true],
    ["2026-02-30", false],
    ["2026-2-3", false],
    ["", false],
    [null, false],
  ])("%s is a day: %s", (text, is) => {
    expect(isDay(text)).toBe(is);
  });
});
