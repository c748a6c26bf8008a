import { expect, test } from "vitest";
import { addDays } from "@/app/days";
import { dayByKey, mostExtra, rangeOf, weeksOf, withPurchase } from "./days";

const TODAY = "2026-11-24";
const day = (offset: number, fixed: number, upgrades = 0) => ({
  day: addDays(TODAY, offset),
  licensed: fixed > 0,
  fixed,
  upgrades,
  effective: fixed === 0 ? 1 : Math.min(1000, fixed + upgrades),
});

test("950 QPS on top of 50 are allowed, 960 are not", () => {
  const days = [day(0, 50), day(1, 50), day(2, 50)];
  const range = { first: addDays(TODAY, 1), last: addDays(TODAY, 1) };
  const allowed = withPurchase(days, { range, extra: 950, ceiling: 1000 });
  expect(allowed.map((one) => [one.now, one.then, one.isOver])).toEqual([
    [50, 50, false],
    [50, 1000, false],
    [50, 50, false],
  ]);
  const refused = withPurchase(days, { range, extra: 960, ceiling: 1000 });
  expect(refused[1]).toMatchObject({ then: 1010, isOver: true });
  expect(mostExtra(allowed, 1000, 10)).toBe(950);
});

test("the least room of all chosen days counts", () => {
  const days = withPurchase([day(0, 50), day(1, 50, 300)], { range: rangeOf(addDays(TODAY, 1), TODAY), extra: 0, ceiling: 1000 });
  expect(mostExtra(days, 1000, 10)).toBe(650);
});

test("a licence that is bought along counts where there is none", () => {
  const days = withPurchase([day(0, 0)], { range: rangeOf(TODAY, TODAY), extra: 20, ceiling: 1000, newFixed: 10 });
  expect(days[0]).toMatchObject({ now: 10, then: 30 });
  const without = withPurchase([day(0, 0)], { range: null, extra: 20, ceiling: 1000 });
  expect(without[0]).toMatchObject({ now: 1, then: 1, chosen: false });
});

test("weeks begin on Monday and are whole", () => {
  // 2026-11-24 is a Tuesday.
  const weeks = weeksOf(Array.from({ length: 31 }, (_, index) => ({ day: addDays(TODAY, index) })));
  expect(weeks.map((week) => week.length)).toEqual([7, 7, 7, 7, 7]);
  expect(weeks[0]?.[0]).toBeNull();
  expect(weeks[0]?.[1]?.day).toBe(TODAY);
  expect(weeks[4]?.[3]?.day).toBe("2026-12-24");
  expect(weeks[4]?.[4]).toBeNull();
  expect(weeksOf([])).toEqual([]);
});

test.each([
  ["ArrowLeft", TODAY, TODAY],
  ["ArrowRight", TODAY, "2026-11-25"],
  ["ArrowDown", TODAY, "2026-12-01"],
  ["ArrowDown", "2026-12-20", "2026-12-20"],
  ["Home", TODAY, TODAY],
  ["Home", "2026-12-03", "2026-11-30"],
  ["End", "2026-12-22", "2026-12-24"],
  ["x", TODAY, null],
])("%s from %s leads to %s", (key, from, to) => {
  expect(dayByKey(key, from, TODAY, "2026-12-24")).toBe(to);
});
