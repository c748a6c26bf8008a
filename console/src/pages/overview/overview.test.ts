import { describe, expect, it } from "vitest";
import { daysBetween } from "./Grants";
import { curve } from "./Sparkline";
import { placeOf } from "./Steps";

describe("overview", () => {
  it("draws the greatest at the top and nothing at the bottom", () => {
    expect(curve([0, 5, 10]).map(([, y]) => y)).toEqual([52, 28, 4]);
    expect(curve([0, 0]).map(([, y]) => y)).toEqual([52, 52]);
    expect(curve([])).toEqual([]);
  });

  it("counts days over the end of a month", () => {
    expect(daysBetween("2026-11-28", "2026-12-02")).toBe(4);
    expect(daysBetween("2026-12-02", "2026-12-02")).toBe(0);
  });

  it("leads to where a step is done", () => {
    expect(placeOf("tune", null)).toBe("activities");
    expect(placeOf("tune", "300100")).toBe("activities/300100/tuning");
    expect(placeOf("create_activity", null)).toBe("activities?new");
  });
});
