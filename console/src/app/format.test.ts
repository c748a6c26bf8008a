import { describe, expect, test } from "vitest";
import { format, money } from "./format";

test.each([
  ["5000.00", "¥5,000.00"],
  ["0.00", "¥0.00"],
  ["-25000.01", "−¥25,000.01"],
  ["1234567890123.45", "¥1,234,567,890,123.45"],
  ["999", "¥999.00"],
  ["0.005", "¥0.005"],
  ["what", "what"],
])("money %s is written %s", (amount, written) => {
  expect(money(amount)).toBe(written);
});

describe("times are in the zone of the books", () => {
  const shanghai = format("zh", "Asia/Shanghai");
  test("whatever the browser's is", () => {
    expect(shanghai.moment("2026-11-24T16:30:05Z")).toBe("2026-11-25 00:30");
    expect(shanghai.exactMoment("2026-11-24T16:30:05Z")).toBe("2026-11-25 00:30:05 (Asia/Shanghai)");
    expect(shanghai.dayOf("2026-11-24T16:30:05Z")).toBe("2026-11-25");
  });
  test("the last day of what ends at midnight is the day before", () => {
    expect(shanghai.lastDayBefore("2028-01-09T16:00:00Z")).toBe("2028-01-09");
    expect(shanghai.lastDayBefore("2028-01-09T16:00:00.001Z")).toBe("2028-01-10");
  });
});

test.each([
  [0, "0 B"],
  [999, "999 B"],
  [1500, "1.5 KB"],
  [48_000_000, "48 MB"],
])("%d bytes are %s", (bytes, written) => {
  expect(format("en", "UTC").bytes(bytes)).toBe(written);
});
