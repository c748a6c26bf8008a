import { describe, expect, test } from "vitest";
import { begun, daysOf, mostOf, readView, shortPeriods } from "./view";

const TODAY = "2026-11-24";
const read = (query: string) => readView(new URLSearchParams(query), TODAY);

describe("the view in the address", () => {
  test.each([
    ["", { range: "month30", from: "2026-10-26", to: TODAY, by: "day", split: "activity", kind: "bar" }],
    ["range=today&split=outcome", { range: "today", from: TODAY, to: TODAY, by: "hour", split: "outcome", kind: "bar" }],
    ["range=year&chart=area", { range: "year", from: "2025-12-01", to: TODAY, by: "month", split: "activity", kind: "area" }],
    ["range=custom&from=2026-11-01&to=2026-11-03&by=hour", { range: "custom", from: "2026-11-01", to: "2026-11-03", by: "hour", split: "activity", kind: "bar" }],
    ["range=nonsense&by=week&split=x", { range: "month30", from: "2026-10-26", to: TODAY, by: "day", split: "activity", kind: "bar" }],
  ])("%s", (query, view) => {
    expect(read(query)).toEqual(view);
  });

  test("hours of a year become days, days of a century months", () => {
    expect(read("range=year&by=hour").by).toBe("day");
    expect(read("range=custom&from=1990-01-01&to=2026-11-24&by=day").by).toBe("month");
  });
});

test("last month is whole", () => {
  expect(daysOf("lastMonth", "2027-03-31")).toEqual({ from: "2027-02-01", to: "2027-02-28" });
});

test("small series become one, and no call is lost", () => {
  const series = [5, 4, 3, 2].map((calls) => ({ key: String(calls), label: "", calls: [calls, 1], total: calls + 1 }));
  const most = mostOf(series, 3, (others) => `${others} others`);
  expect(most.map((one) => [one.key, one.calls, one.total])).toEqual([
    ["5", [5, 1], 6],
    ["4", [4, 1], 5],
    ["others", [5, 2], 7],
  ]);
  expect(most[2]?.label).toBe("2 others");
  expect(mostOf(series, 4, String)).toHaveLength(4);
});

test("the year goes where all have the same", () => {
  expect(shortPeriods(["2026-11-23", "2026-11-24"])).toEqual(["11-23", "11-24"]);
  expect(shortPeriods(["2026-12-31", "2027-01-01"])).toEqual(["2026-12-31", "2027-01-01"]);
  expect(shortPeriods(["2026-11", "2026-12"])).toEqual(["2026-11", "2026-12"]);
});

test("periods to come are not drawn", () => {
  expect(begun(["2026-11-24 14:00", "2026-11-24 15:00", "2026-11-24 16:00"], "2026-11-24 15:22")).toBe(2);
  expect(begun(["2026-11-23", "2026-11-24"], "2026-11-24 15:22")).toBe(2);
  expect(begun(["2026-10", "2026-11", "2026-12"], "2026-11-24 15:22")).toBe(2);
});
