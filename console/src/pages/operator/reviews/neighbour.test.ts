import { expect, test } from "vitest";
import { neighbour } from "./neighbour";

test.each([
  ["a", 1, "b"],
  ["b", 1, "c"],
  ["c", 1, null],
  ["c", -1, "b"],
  ["a", -1, null],
  ["gone", 1, null],
] as const)("from %s by %i is %s", (id, step, to) => {
  expect(neighbour(["a", "b", "c"], id, step)).toBe(to);
});
