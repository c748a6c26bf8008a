import { asProblem, type Problem } from "@/api/problem";
import type { Examined, Refusal } from "./intake";

/** Uploads at once. */
export const AT_ONCE = 3;

export type Stage = "waiting" | "sending" | "done" | "failed" | "cancelled" | "refused";

/** A file on its way. */
export interface Item<Done> {
  readonly id: number;
  readonly file: File;
  readonly stage: Stage;
  /** The part that is sent, 0 to 1. */
  readonly sent: number;
  readonly refusal: Refusal | null;
  readonly problem: Problem | null;
  readonly done: Done | null;
}

export interface Sender<Done> {
  send: (file: File, onProgress: (sent: number) => void, signal: AbortSignal) => Promise<Done>;
  /**
   * Whether a file whose answer was lost has arrived after all. Asked before it is sent again, so that a lost
   * connection makes no second material. `since` is what `mark` gave when it was first sent.
   */
  arrived: (file: File, since: unknown) => Promise<Done | null>;
  mark: () => unknown;
  onDone: (done: Done) => void;
  /** Nothing is on its way any more. */
  onIdle: () => void;
}

/** What ends it for all that wait: none of them could succeed. */
const HOPELESS = new Set(["quota_full", "materials_frozen", "not_found", "not_allowed"]);

/** Sends files, three at once; each can be cancelled and tried again. */
export class UploadQueue<Done> {
  private list: readonly Item<Done>[] = [];
  private readonly listeners = new Set<() => void>();
  private readonly aborts = new Map<number, AbortController>();
  private readonly marks = new Map<number, unknown>();
  /** Those whose answer was lost: nobody knows whether they arrived. */
  private readonly lost = new Set<number>();
  private paused = false;
  private last = 0;
  private told = false;

  constructor(private sender: Sender<Done>) {}

  /** Has what is sent from now on sent by another, for a page that was opened anew. */
  use(sender: Sender<Done>): void {
    this.sender = sender;
  }

  readonly subscribe = (listener: () => void): (() => void) => {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  };

  readonly items = (): readonly Item<Done>[] => this.list;

  /** Files that are, or will be, on their way: they take room in the quota. */
  get underWay(): number {
    return this.list.filter((item) => item.stage === "waiting" || item.stage === "sending").length;
  }

  add(examined: readonly Examined[]): void {
    const added = examined.map(({ file, refusal }): Item<Done> => {
      this.last += 1;
      return { id: this.last, file, refusal, stage: refusal === null ? "waiting" : "refused", sent: 0, problem: null, done: null };
    });
    this.set([...this.list, ...added]);
    this.go();
  }

  cancel(id: number): void {
    const item = this.find(id);
    if (item?.stage === "waiting" || item?.stage === "sending") {
      this.change(id, { stage: "cancelled" });
      this.aborts.get(id)?.abort();
      this.go();
    }
  }

  cancelAll(): void {
    this.list.forEach((item) => this.cancel(item.id));
  }

  retry(id: number): void {
    const item = this.find(id);
    if (item?.stage === "failed" || item?.stage === "cancelled") {
      this.change(id, { stage: "waiting", sent: 0 });
      this.go();
    }
  }

  retryAll(): void {
    this.list.filter((item) => item.stage === "failed").forEach((item) => this.retry(item.id));
  }

  /** Forgets what is over. */
  clear(): void {
    this.set(this.list.filter((item) => item.stage === "waiting" || item.stage === "sending"));
  }

  /** Begins nothing new until `resume`, for a session that has ended. */
  pause(): void {
    this.paused = true;
  }

  resume(): void {
    this.paused = false;
    this.go();
  }

  private go(): void {
    while (!this.paused && this.aborts.size < AT_ONCE) {
      const next = this.list.find((item) => item.stage === "waiting" && !this.aborts.has(item.id));
      if (next === undefined) {
        break;
      }
      this.told = false;
      void this.send(next);
    }
    if (this.aborts.size === 0 && !this.told && this.underWay === 0) {
      this.told = true;
      this.sender.onIdle();
    }
  }

  private async send(item: Item<Done>): Promise<void> {
    const { id, file } = item;
    const abort = new AbortController();
    this.aborts.set(id, abort);
    this.change(id, { stage: "sending", sent: 0, problem: null });
    try {
      let done = this.lost.has(id) ? await this.sender.arrived(file, this.marks.get(id)) : null;
      if (done === null) {
        this.lost.delete(id);
        this.marks.set(id, this.marks.get(id) ?? this.sender.mark());
        done = await this.sendOnce(id, file, abort.signal);
      }
      // Whoever cancelled too late has it all the same: it is said, and can be deleted.
      this.change(id, { stage: "done", sent: 1, done });
      this.sender.onDone(done);
    } catch (thrown) {
      if (!abort.signal.aborted) {
        this.fail(id, asProblem(thrown));
      }
    } finally {
      this.aborts.delete(id);
      this.go();
    }
  }

  private async sendOnce(id: number, file: File, signal: AbortSignal): Promise<Done> {
    try {
      return await this.sender.send(file, (sent) => this.progress(id, sent), signal);
    } catch (thrown) {
      if (signal.aborted || asProblem(thrown).status === 0) {
        this.lost.add(id);
      }
      throw thrown;
    }
  }

  private fail(id: number, problem: Problem): void {
    if (problem.code === "not_signed_in") {
      // Asked for over the page; goes on when its user is back.
      this.paused = true;
      this.change(id, { stage: "waiting", sent: 0 });
      return;
    }
    this.change(id, { stage: "failed", problem });
    if (HOPELESS.has(problem.code)) {
      this.set(this.list.map((item) => (item.stage === "waiting" ? { ...item, stage: "failed", problem } : item)));
    }
  }

  private progress(id: number, sent: number): void {
    // Whole percents: more is not seen, and each is a drawing of the page.
    const percent = Math.floor(sent * 100) / 100;
    if (this.find(id)?.sent !== percent) {
      this.change(id, { sent: percent });
    }
  }

  private find(id: number): Item<Done> | undefined {
    return this.list.find((item) => item.id === id);
  }

  private change(id: number, part: Partial<Item<Done>>): void {
    this.set(this.list.map((item) => (item.id === id ? { ...item, ...part } : item)));
  }

  private set(list: readonly Item<Done>[]): void {
    this.list = list;
    this.listeners.forEach((listener) => listener());
  }
}
