import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { Problem } from "@/api/problem";
import { Live, type Degrees } from "./live";

interface Asked {
  degrees: Degrees;
  signal: AbortSignal;
  resolve: () => void;
  reject: (problem: Problem) => void;
}

let made = 0;
const revoke = vi.fn();

beforeEach(() => {
  vi.useFakeTimers();
  made = 0;
  revoke.mockClear();
  vi.stubGlobal("URL", Object.assign(URL, { createObjectURL: () => `blob:${(made += 1)}`, revokeObjectURL: revoke }));
});
afterEach(() => {
  vi.useRealTimers();
});

function setUp() {
  const asked: Asked[] = [];
  const live = new Live(
    (degrees, signal) =>
      new Promise((resolve, reject) => {
        asked.push({ degrees, signal, resolve: () => resolve(new Blob()), reject });
      }),
  );
  return { live, asked, features: () => asked.map((one) => one.degrees.feature) };
}

const at = (feature: number): Degrees => ({ feature, shape: 50 });
const pass = (ms: number) => vi.advanceTimersByTimeAsync(ms);

describe("Live", () => {
  it("asks for the newest wish only, one at a time, and keeps the last picture meanwhile", async () => {
    const { live, asked, features } = setUp();
    [1, 2, 3].forEach((feature) => live.want(at(feature)));
    await pass(100);
    expect(features()).toEqual([3]);
    [4, 5, 6].forEach((feature) => live.want(at(feature)));
    await pass(100);
    expect(features()).toEqual([3]);
    asked[0]?.resolve();
    await pass(0);
    expect(live.state()).toMatchObject({ busy: true, made: { degrees: at(3) } });
    await pass(0);
    expect(features()).toEqual([3, 6]);
    asked[1]?.resolve();
    await pass(0);
    expect(live.state()).toMatchObject({ busy: false, made: { degrees: at(6), ms: 0 } });
  });

  it("shows again at once what it has", async () => {
    const { live, asked, features } = setUp();
    live.want(at(1));
    await pass(100);
    asked[0]?.resolve();
    await pass(0);
    live.want(at(2));
    await pass(100);
    live.want(at(1));
    expect(asked[1]?.signal.aborted).toBe(true);
    expect(live.state()).toMatchObject({ busy: false, made: { url: "blob:1" } });
    asked[1]?.resolve();
    await pass(0);
    expect(live.state().made?.url).toBe("blob:1");
    expect(features()).toEqual([1, 2]);
  });

  it("gives up a slow one for a newer wish", async () => {
    const { live, asked, features } = setUp();
    live.want(at(1));
    await pass(2000);
    live.want(at(2));
    await pass(0);
    expect(asked[0]?.signal.aborted).toBe(true);
    expect(features()).toEqual([1, 2]);
  });

  it("tells a problem and keeps the picture it had", async () => {
    const { live, asked } = setUp();
    live.want(at(1));
    await pass(100);
    asked[0]?.resolve();
    await pass(0);
    live.want(at(2));
    await pass(100);
    asked[1]?.reject(new Problem(422, "no_face", "no face"));
    await pass(0);
    expect(live.state()).toMatchObject({ busy: false, problem: { code: "no_face" }, made: { degrees: at(1) } });
  });

  it("waits as long as a busy server says, and then asks for the newest wish", async () => {
    const { live, asked, features } = setUp();
    live.want(at(1));
    await pass(100);
    asked[0]?.reject(new Problem(503, "busy", "", { retry_after_s: 1 }));
    await pass(900);
    expect(live.state()).toMatchObject({ busy: true, problem: null });
    expect(features()).toEqual([1]);
    await pass(200);
    expect(features()).toEqual([1, 1]);
  });

  it("stops, and begins anew when wished for again", async () => {
    const { live, asked, features } = setUp();
    live.want(at(1));
    live.stop();
    await pass(100);
    expect(features()).toEqual([]);
    live.want(at(1));
    await pass(100);
    live.stop();
    expect(asked[0]?.signal.aborted).toBe(true);
    expect(live.state().busy).toBe(false);
  });

  it("frees the oldest pictures", async () => {
    const { live, asked } = setUp();
    for (let feature = 0; feature < 25; feature += 1) {
      live.want(at(feature));
      await pass(100);
      asked[feature]?.resolve();
      await pass(0);
    }
    expect(revoke).toHaveBeenCalledTimes(1);
    expect(revoke).toHaveBeenCalledWith("blob:1");
  });
});
