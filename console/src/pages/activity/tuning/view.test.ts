import { describe, expect, it } from "vitest";
import { aroundFace } from "./view";

describe("aroundFace", () => {
  it.each([
    ["in the middle", { x: 400, y: 400, width: 200, height: 200 }, { x: 330, y: 330, width: 340, height: 340 }],
    ["at the corner", { x: 0, y: 0, width: 200, height: 200 }, { x: 0, y: 0, width: 340, height: 340 }],
    ["at the other corner", { x: 850, y: 800, width: 150, height: 200 }, { x: 660, y: 660, width: 340, height: 340 }],
    ["as large as the picture", { x: 0, y: 0, width: 1000, height: 1000 }, { x: 0, y: 0, width: 1000, height: 1000 }],
  ])("a face %s", (_, face, view) => {
    expect(aroundFace(face, 1000, 1000)).toEqual(view);
  });
});
