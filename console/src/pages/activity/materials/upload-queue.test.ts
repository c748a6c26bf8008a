import { describe, expect, it, vi } from "vitest";
import { Problem } from "@/api/problem";
import { AT_ONCE, UploadQueue, type Sender } from "./upload-queue";

interface Sent {
  file: File;
  signal: AbortSignal;
  resolve: (name: string) => void;
  reject: (problem: Problem) => void;
  progress: (sent: number) => void;
}

function setUp() {
  const sent: Sent[] = [];
  const sender = {
    send: vi.fn(
      (file: File, progress: (sent: number) => void, signal: AbortSignal) =>
        new Promise<string>((resolve, reject) => {
          sent.push({ file, signal, resolve, reject, progress });
          signal.addEventListener("abort", () => reject(new DOMException("aborted", "AbortError")));
        }),
    ),
    arrived: vi.fn(() => Promise.resolve<string | null>(null)),
    mark: vi.fn(() => "mark"),
    onDone: vi.fn(),
    onIdle: vi.fn(),
  } satisfies Sender<string>;
  const queue = new UploadQueue<string>(sender);
  const add = (count: number) =>
    queue.add(Array.from({ length: count }, (_, index) => ({ file: new File(["x"], `${index}.jpg`), refusal: null })));
  const stages = () => queue.items().map((item) => item.stage);
  return { queue, sent, sender, add, stages };
}

/** Lets everything that was settled have its effect. */
const settle = () => new Promise((resolve) => setTimeout(resolve));

describe("UploadQueue", () => {
  it("sends three at once and the next when one is done", async () => {
    const { sent, sender, add, stages } = setUp();
    add(5);
    expect(sent).toHaveLength(AT_ONCE);
    sent[1]?.resolve("b");
    await settle();
    expect(sent).toHaveLength(4);
    expect(stages()).toEqual(["sending", "done", "sending", "sending", "waiting"]);
    expect(sender.onDone).toHaveBeenCalledWith("b");
    expect(sender.onIdle).not.toHaveBeenCalled();
  });

  it("says once that nothing is on its way", async () => {
    const { sent, sender, add } = setUp();
    add(2);
    sent.forEach((one) => one.resolve("x"));
    await settle();
    expect(sender.onIdle).toHaveBeenCalledTimes(1);
  });

  it("cancels what waits and what is being sent, and tries it again", async () => {
    const { queue, sent, add, stages } = setUp();
    add(4);
    const [first, , , fourth] = queue.items();
    queue.cancel(fourth?.id ?? 0);
    queue.cancel(first?.id ?? 0);
    await settle();
    expect(sent[0]?.signal.aborted).toBe(true);
    expect(stages()).toEqual(["cancelled", "sending", "sending", "cancelled"]);
    expect(sent).toHaveLength(3);
    queue.retry(fourth?.id ?? 0);
    expect(stages()).toEqual(["cancelled", "sending", "sending", "sending"]);
  });

  it("asks whether a file arrived before it sends it again after a lost connection", async () => {
    const { queue, sent, sender, add, stages } = setUp();
    add(1);
    sent[0]?.reject(Problem.unreachable());
    await settle();
    expect(stages()).toEqual(["failed"]);
    sender.arrived.mockResolvedValueOnce("there");
    queue.retryAll();
    await settle();
    expect(stages()).toEqual(["done"]);
    expect(sender.send).toHaveBeenCalledTimes(1);
    expect(sender.arrived).toHaveBeenCalledWith(queue.items()[0]?.file, "mark");
  });

  it("keeps that an answer was lost when even asking fails", async () => {
    const { queue, sent, sender, add } = setUp();
    add(1);
    sent[0]?.reject(Problem.unreachable());
    await settle();
    sender.arrived.mockRejectedValueOnce(new Problem(503, "unavailable", ""));
    queue.retryAll();
    await settle();
    sender.arrived.mockResolvedValueOnce("there");
    queue.retryAll();
    await settle();
    expect(queue.items()[0]?.done).toBe("there");
    expect(sender.send).toHaveBeenCalledTimes(1);
  });

  it("waits for its user when the session ends, and goes on", async () => {
    const { queue, sent, add, stages } = setUp();
    add(2);
    sent[0]?.reject(new Problem(401, "not_signed_in", ""));
    await settle();
    expect(stages()).toEqual(["waiting", "sending"]);
    expect(sent).toHaveLength(2);
    queue.resume();
    expect(stages()).toEqual(["sending", "sending"]);
  });

  it("gives up what waits when none of it could succeed", async () => {
    const { sent, add, stages } = setUp();
    add(6);
    sent[0]?.reject(new Problem(409, "quota_full", "full"));
    await settle();
    expect(stages()).toEqual(["failed", "sending", "sending", "failed", "failed", "failed"]);
  });

  it("forgets what is over and never what is refused before", () => {
    const { queue, stages } = setUp();
    queue.add([{ file: new File([], "a"), refusal: { why: "empty" } }]);
    expect(stages()).toEqual(["refused"]);
    expect(queue.underWay).toBe(0);
    queue.clear();
    expect(stages()).toEqual([]);
  });
});
