import { describe, expect, it } from "vitest";
import { fitted } from "./photos";

describe("fitted", () => {
  it.each([
    [4032, 3024, 1440, 1080],
    [3024, 4032, 1080, 1440],
    [1440, 1440, 1440, 1440],
    [300, 200, 300, 200],
    [100_000, 10, 1440, 1],
  ])("%d × %d becomes %d × %d", (width, height, fittedWidth, fittedHeight) => {
    expect(fitted(width, height, 1440)).toEqual({ width: fittedWidth, height: fittedHeight });
  });
});
