import { describe, expect, it } from "vitest";
import type { Schema } from "@/api/types";
import { characters, isName } from "@/app/activity-rules";
import { clashes } from "@/api/version";
import { boxesOf, facesOf } from "./materials/faces";
import { arranged, counts } from "./materials/sort";
import { changed, without } from "./settings/changed";

type Material = Schema["Material"];

const material = (part: Partial<Material>) => ({ name: "a", updated: "1", status: "passed_by_machine", ...part }) as Material;

describe("names", () => {
  it.each([
    ["春节换装春节换装春节换装春节换", true],
    ["春节换装春节换装春节换装春节换装", false],
    ["👩‍🎨", true],
    ["", false],
    ["   ", false],
  ])("%j: %s", (name, fits) => {
    expect(isName(name)).toBe(fits);
  });

  it("counts characters as the server does", () => {
    expect(characters("𠮷a")).toBe(2);
  });
});

describe("clashes", () => {
  const before = material({ name: "a", feature_degree: 50 });
  it.each<[string, Partial<Material>, (keyof Material)[], boolean]>([
    ["nothing changed", {}, ["name"], false],
    ["something else changed", { feature_degree: 20 }, ["name"], false],
    ["the same changed", { name: "b" }, ["name", "feature_degree"], true],
  ])("%s", (_, now, parts, clash) => {
    expect(clashes(before, { ...before, ...now }, parts)).toBe(clash);
  });
});

describe("settings", () => {
  const activity = { name: "a", details: "", algorithm: "natural", quota: 10 } as const;
  it("sends only what differs", () => {
    expect(changed(activity, {})).toBeNull();
    expect(changed(activity, { name: " a ", quota: 10 })).toBeNull();
    expect(changed(activity, { name: "b ", quota: 30 })).toEqual({ name: "b", quota: 30 });
  });
  it("keeps the rest when some is locked", () => {
    expect(without({ name: "b", quota: 30, algorithm: "likeness" }, "quota", "algorithm")).toEqual({ name: "b" });
  });
});

describe("materials", () => {
  const list = [
    material({ name: "素材 10", status: "passed_by_machine" }),
    material({ name: "素材 9", status: "appealed" }),
    material({ name: "素材 1", status: "rejected_by_machine" }),
  ];
  it("are counted by state", () => {
    expect(counts(list)).toEqual({ all: 3, usable: 1, waiting: 1, refused: 1 });
  });
  it("are put in order, and the list that was read stays as it is", () => {
    expect(arranged(list, "all", "name").map((one) => one.name)).toEqual(["素材 1", "素材 9", "素材 10"]);
    expect(arranged(list, "all", "oldest").map((one) => one.name)).toEqual(["素材 1", "素材 9", "素材 10"]);
    expect(arranged(list, "all", "newest").map((one) => one.name)).toEqual(["素材 10", "素材 9", "素材 1"]);
    expect(arranged(list, "refused", "newest")).toHaveLength(1);
  });

  it("number their usable faces only, and say what is wrong with the others", () => {
    const bounds = { x: 1, y: 2, width: 3, height: 4 };
    const face = (usable: boolean, code?: string) => ({
      bounds, width: 3, yaw: 0, pitch: 0, roll: 0, usable,
      findings: code === undefined ? [] : [{ code, text_zh: "太小了", text_en: "too small" }],
    });
    const faces = facesOf({
      faces: [{ id: "f1", bounds }, { id: "f2", bounds }],
      review: { width: 9, height: 9, format: "jpeg", passed: true, reason: null, faces: [face(true), face(false, "face_too_small"), face(true, "face_dark")] },
    });
    expect(faces.map((one) => [one.number, one.id])).toEqual([[1, "f1"], [null, null], [2, "f2"]]);
    const boxes = boxesOf(faces, "zh", (code) => ({ face_too_small: "小" })[code], "不可用");
    expect(boxes.map((box) => [box.label, box.fault])).toEqual([["1", undefined], ["小", "太小了"], ["2", undefined]]);
  });
});
