import { describe, expect, test } from "vitest";
import type { Schema } from "@/api/types";
import { purchaseOf, readSelection, writeSelection } from "./selection";

const activity = (id: string, licensed_until: string | null) => ({ id, licensed_until }) as Schema["Activity"];
const activities = [activity("300100", null), activity("300101", "2027-11-23T16:00:00Z")];
const read = (query: string) => readSelection(new URLSearchParams(query));

describe("the selection in the address", () => {
  test("goes there and back", () => {
    const selection = read("what=qps&activity=300101&from=2026-11-24&to=2026-11-26&extra=20");
    expect(selection).toEqual({ what: "qps", activity: "300101", range: { first: "2026-11-24", last: "2026-11-26" }, extra: 20, pack: null });
    expect(readSelection(writeSelection(selection))).toEqual(selection);
  });

  test.each(["from=2026-11-26&to=2026-11-24", "from=2026-02-30&to=2026-03-01", "from=x", "extra=-10", "extra=1e99", "extra=ten", "what=gold"])(
    "nonsense is nothing: %s",
    (query) => {
      expect(read(query)).toEqual({ what: "licence", activity: null, range: null, extra: 0, pack: null });
    },
  );
});

describe("the purchase", () => {
  test.each([
    ["what=licence", null],
    ["what=licence&activity=300999", null],
    ["what=licence&activity=300100", { buy: "licence", activity: "300100", renew: false, qps: [] }],
    ["what=licence&activity=300101", { buy: "licence", activity: "300101", renew: true, qps: [] }],
    [
      "what=licence&activity=300100&from=2026-11-24&to=2026-11-24&extra=10",
      { buy: "licence", activity: "300100", renew: false, qps: [{ first_day: "2026-11-24", last_day: "2026-11-24", extra: 10 }] },
    ],
    ["what=qps&activity=300100&from=2026-11-24&to=2026-11-24&extra=10", null],
    ["what=qps&activity=300101&from=2026-11-24&to=2026-11-24", null],
    ["what=pack", null],
    ["what=pack&pack=pack-100k", { buy: "pack", pack: "pack-100k" }],
  ])("%s", (query, purchase) => {
    expect(purchaseOf(read(query), activities)).toEqual(purchase);
  });
});
