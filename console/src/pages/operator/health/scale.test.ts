import { expect, test } from "vitest";
import { scale } from "./Stages";

test.each([
  [0, 1],
  [1, 1],
  [3.2, 5],
  [41, 50],
  [50, 50],
  [51, 100],
  [1300, 2000],
])("a scale for %f ms ends at %i", (longest, end) => {
  expect(scale(longest)).toBe(end);
});
