import { describe, expect, it } from "vitest";
import type { Schema } from "@/api/types";
import { ALL, find, isAll, type Sought } from "./find";

const one = (id: string, name: string, algorithm: "natural" | "likeness", until: string | null, details = "") =>
  ({ id, name, algorithm, licensed_until: until, details }) as Schema["Activity"];

const ACTIVITIES = [
  one("300100", "春节换装", "natural", "2027-11-24T16:00:00Z", "海报"),
  one("300101", "Graduation", "likeness", null),
  one("300102", "古风写真", "likeness", "2027-01-01T16:00:00Z"),
];

describe("find", () => {
  it.each<[string, Partial<Sought>, string[]]>([
    ["all, the newest first", {}, ["300102", "300101", "300100"]],
    ["by a part of the name", { words: "写真" }, ["300102"]],
    ["whatever the case", { words: " grad " }, ["300101"]],
    ["by id", { words: "300100" }, ["300100"]],
    ["by details and name together", { words: "海报 春节" }, ["300100"]],
    ["by version", { algorithm: "likeness" }, ["300102", "300101"]],
    ["by licence", { licence: "licensed" }, ["300102", "300100"]],
    ["by both", { licence: "unlicensed", algorithm: "natural" }, []],
  ])("finds %s", (_, sought, ids) => {
    expect(find(ACTIVITIES, { ...ALL, ...sought }).map((activity) => activity.id)).toEqual(ids);
  });

  it("knows when nothing is sought", () => {
    expect(isAll({ ...ALL, words: "  " })).toBe(true);
    expect(isAll({ ...ALL, licence: "licensed" })).toBe(false);
  });
});
