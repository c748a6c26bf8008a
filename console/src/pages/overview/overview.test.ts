import { describe, expect, it } from "vitest";
import { daysBetween } from "./Grants";
import { curve } from "./Sparkline";
import { placeOf } from "./Steps";
import { tasksOf } from "./tasks";
import { untilNowOf } from "./until-now";

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

  it("compares with yesterday until the same time", () => {
    const usage = { account: "", from: "", to: "", by: "hour", split: "none", total: 0, periods: [], series: [{ key: "", label: "", calls: [10, 20, 40, 80], total: 150 }] } as never;
    expect(untilNowOf(usage, "2026-11-24 02:30:00 (Asia/Shanghai)")).toBe(50);
    expect(untilNowOf(usage, "2026-11-24 00:00:00 (Asia/Shanghai)")).toBe(0);
  });
});

const NOW = Date.parse("2026-11-25T03:00:00+08:00");
const TODAY = "2026-11-25";
const activity = (more: object) => ({ id: "300100", name: "春节", licensed_until: null, materials_frozen_from: null, licence_left: 0, free_left: 500, free_total: 500, ...more }) as never;
const pack = (runs_out_on: string | null) => ({ kind: "pack", left: 1000, runs_out_on }) as never;
const whats = (activities: never[], grants: never[]) => tasksOf(activities, grants, NOW, TODAY).map((task) => task.what);

describe("what is to do", () => {
  it.each([
    ["an end within a month", { licensed_until: "2026-11-30T16:00:00Z", licence_left: 5 }, ["licenceEnds"]],
    ["an end in a year", { licensed_until: "2027-11-30T16:00:00Z", licence_left: 5 }, []],
    ["a window that closes", { licensed_until: "2027-11-30T16:00:00Z", licence_left: 5, materials_frozen_from: "2026-11-27T16:00:00Z" }, ["windowEnds"]],
    ["a window that is closed", { licensed_until: "2027-11-30T16:00:00Z", licence_left: 5, materials_frozen_from: "2026-11-20T16:00:00Z" }, []],
    ["nothing that pays", { licensed_until: "2027-11-30T16:00:00Z", licence_left: 0, free_left: 0 }, ["packNone"]],
    ["few free calls", { free_left: 100 }, ["freeLow"]],
    ["no free calls", { free_left: 0 }, ["freeNone"]],
    ["a new activity", {}, []],
  ])("%s", (_, more, expected) => {
    expect(whats([activity(more)], [])).toEqual(expected);
  });

  it("is a pack where the last one lasts two weeks at most", () => {
    expect(whats([], [pack("2026-12-01"), pack("2026-12-05")])).toEqual(["packLow"]);
    expect(whats([], [pack("2026-12-01"), pack("2027-03-01")])).toEqual([]);
    expect(whats([], [pack("2026-12-01"), pack(null)])).toEqual([]);
  });

  it("begins with what stops calls", () => {
    const activities = [activity({ free_left: 90 }), activity({ licensed_until: "2026-11-28T16:00:00Z", licence_left: 1 }), activity({ free_left: 0 })];
    expect(whats(activities, [])).toEqual(["freeNone", "licenceEnds", "freeLow"]);
  });
});
