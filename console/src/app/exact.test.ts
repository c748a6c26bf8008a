import { expect, test } from "vitest";
import { amountOf, isPositive, less, millionths, priceOf, share, tierOf, unitPriceOf } from "./exact";

test.each([
  ["5000.00", 5_000_000_000n],
  ["0.012", 12_000n],
  ["-0.01", -10_000n],
  ["9007199254740993.01", 9_007_199_254_740_993_010_000n],
])("%s in millionths", (amount, value) => {
  expect(millionths(amount)).toBe(value);
});

test.each([
  [5_000_000_000n, "5000.00"],
  [12_000n, "0.012"],
  [-10_000n, "-0.01"],
  [17n, "0.000017"],
  [0n, "0.00"],
])("%s millionths as text", (value, amount) => {
  expect(amountOf(value)).toBe(amount);
});

test("what is no amount is refused", () => {
  expect(() => millionths("5,000")).toThrow("5,000");
});

test("prices are exact", () => {
  expect(priceOf(1_000_001, "0.012")).toBe("12000.012");
  expect(unitPriceOf("1700.00", 100_000)).toBe("0.017");
  expect(unitPriceOf("126000.00", 30_000_000)).toBe("0.0042");
  expect(unitPriceOf("1.00", 3)).toBe("0.333333");
  expect(less("1700.00", "2000.00")).toBe("-300.00");
  expect(share("300.00", "2000.00")).toBe(0.15);
  expect(isPositive("0.00")).toBe(false);
  expect(isPositive("0.01")).toBe(true);
});

test("a total prices all calls by the tier it reaches", () => {
  const tiers = [
    { first: 1, last: 1_000_000, unit_price: "0.02" },
    { first: 1_000_001, last: 5_000_000, unit_price: "0.012" },
    { first: 5_000_001, last: null, unit_price: "0.005" },
  ];
  expect(tierOf(tiers, 1_000_000)?.unit_price).toBe("0.02");
  expect(tierOf(tiers, 1_000_001)?.unit_price).toBe("0.012");
  expect(tierOf(tiers, 99_000_000)?.unit_price).toBe("0.005");
  expect(tierOf(tiers, 0)).toBeUndefined();
});
