import { expect, test } from "vitest";
import { amountOf, momentAfter } from "./amount";

test.each([
  ["5000", "5000.00"],
  ["¥5,000.5", "5000.50"],
  [" 0012.34 ", "12.34"],
  ["0.01", "0.01"],
  ["0", null],
  ["0.00", null],
  ["1.234", null],
  ["-5", null],
  ["1e3", null],
  ["", null],
])("the amount %s is %s", (typed, amount) => {
  expect(amountOf(typed)).toBe(amount);
});

test.each([
  ["2026-11-24", "Asia/Shanghai", "2026-11-24T16:00:00Z"],
  ["2026-12-31", "Asia/Shanghai", "2026-12-31T16:00:00Z"],
  ["2026-11-24", "UTC", "2026-11-25T00:00:00Z"],
  // The clocks went forward on the 29th.
  ["2026-03-28", "Europe/Berlin", "2026-03-28T23:00:00Z"],
  ["2026-03-29", "Europe/Berlin", "2026-03-29T22:00:00Z"],
])("what ends with %s in %s ends before %s", (day, zone, moment) => {
  expect(momentAfter(day, zone)).toBe(moment);
});
