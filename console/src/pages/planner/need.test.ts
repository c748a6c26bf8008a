import { expect, test } from "vitest";
import { needOf, numberOf, readEntered } from "./need";

test.each([
  ["100,000", 100_000],
  [" 1 000 000 ", 1_000_000],
  ["0", 0],
  ["1000000001", null],
  ["1e3", null],
  ["1.5", null],
  ["-1", null],
  ["", null],
])("%s calls are %s", (text, value) => {
  expect(numberOf("calls_per_month", text)).toBe(value);
});

test("a need is whole or none", () => {
  const entered = readEntered(new URLSearchParams("calls_per_month=2000000&months=6"));
  expect(needOf(entered)).toEqual({ calls_per_month: 2_000_000, peak_qps: 20, materials: 10, months: 6, peak_days: 30 });
  expect(needOf({ ...entered, months: "13" })).toBeNull();
});
