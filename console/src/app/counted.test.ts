import { expect, test } from "vitest";
import { counted } from "./counted";

test("one of a thing is not several", () => {
  expect(counted(1, "activity", "activities")).toBe("1 activity");
  expect(counted("1", "call", "calls")).toBe("1 call");
  expect(counted("0", "call", "calls")).toBe("0 calls");
  expect(counted("1,000", "call", "calls")).toBe("1,000 calls");
});
