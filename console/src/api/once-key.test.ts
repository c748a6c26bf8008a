import { describe, expect, test } from "vitest";
import { once, onceKey } from "./once-key";
import { Problem } from "./problem";

const PACK = { buy: "pack", pack: "p100k" };

/** Tries once and tells the key that was used. */
async function tried(thrown: Problem | null): Promise<string> {
  let used = "";
  const act = (key: string) => {
    used = key;
    return thrown === null ? Promise.resolve() : Promise.reject(thrown);
  };
  await once("order", PACK, act).catch(() => undefined);
  return used;
}

describe("the key of an order", () => {
  test.each([
    ["no answer came", Problem.unreachable(), true],
    ["the server failed", new Problem(500, "internal", ""), true],
    ["the server was busy", new Problem(503, "busy", ""), true],
    ["the session had ended", new Problem(401, "not_signed_in", ""), true],
    ["it was refused", new Problem(409, "price_changed", ""), false],
    ["it was paid", null, false],
  ])("when %s", async (_, thrown, kept) => {
    const first = await tried(thrown);
    const second = await tried(null);
    expect(second === first).toBe(kept);
  });

  test("is another for another purchase", () => {
    expect(onceKey("order", PACK)).toBe(onceKey("order", { ...PACK }));
    expect(onceKey("order", { ...PACK, pack: "p1m" })).not.toBe(onceKey("order", PACK));
    expect(onceKey("top-up", PACK)).not.toBe(onceKey("order", PACK));
  });
});
