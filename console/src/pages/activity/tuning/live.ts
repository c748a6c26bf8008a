import { asProblem, type Problem } from "@/api/problem";

/** What a picture is made with. */
export interface Degrees {
  feature: number;
  shape: number;
}

/** A picture that was made. */
export interface Made {
  url: string;
  /** From asking to having it. */
  ms: number;
  degrees: Degrees;
}

export interface LiveState {
  /** The last picture; it stays until the next one is there. */
  made: Made | null;
  /** Another one is on its way. */
  busy: boolean;
  problem: Problem | null;
}

export type Send = (degrees: Degrees, signal: AbortSignal) => Promise<Blob>;

/** A slider that moves asks once in this time at most. */
const DEBOUNCE_MS = 40;
/** A request that took longer is given up for a newer one. */
const STALE_MS = 1500;
/** Pictures that are kept: a slider that goes back shows them at once. */
const MOST_KEPT = 24;

const keyOf = ({ feature, shape }: Degrees) => `${feature}/${shape}`;

/**
 * Makes pictures as fast as they come while sliders move: one request at a time, and when it is answered the
 * newest wish is next. What was wished for in between is never asked for.
 */
export class Live {
  private current: LiveState = { made: null, busy: false, problem: null };
  private wish: Degrees | null = null;
  private asked: { degrees: Degrees; since: number; abort: AbortController } | null = null;
  private timer: number | undefined;
  private readonly kept = new Map<string, Made>();
  private readonly listeners = new Set<() => void>();

  constructor(private readonly send: Send) {}

  readonly subscribe = (listener: () => void): (() => void) => {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  };

  readonly state = (): LiveState => this.current;

  /** Wishes for the picture with these degrees. */
  want(degrees: Degrees): void {
    const kept = this.kept.get(keyOf(degrees));
    if (kept !== undefined) {
      // Made the youngest of those kept.
      this.kept.delete(keyOf(degrees));
      this.kept.set(keyOf(degrees), kept);
      this.abandon();
      this.set({ made: kept, busy: false, problem: null });
      return;
    }
    this.wish = degrees;
    this.set({ ...this.current, busy: true });
    if (this.asked === null) {
      this.schedule(DEBOUNCE_MS);
    } else if (keyOf(this.asked.degrees) === keyOf(degrees)) {
      this.wish = null;
    } else if (performance.now() - this.asked.since > STALE_MS) {
      this.abandon();
      this.wish = degrees;
      this.schedule(0);
    }
  }

  /** Tries again what failed. */
  retry(degrees: Degrees): void {
    this.set({ ...this.current, problem: null });
    this.want(degrees);
  }

  /** Gives up what is on its way. It can be wished for again. */
  stop(): void {
    this.abandon();
    this.set({ ...this.current, busy: false });
  }

  /** Frees the pictures; they cannot be shown any more. */
  forget(): void {
    this.stop();
    this.kept.forEach((made) => URL.revokeObjectURL(made.url));
    this.kept.clear();
    this.current = { made: null, busy: false, problem: null };
  }

  private abandon(): void {
    window.clearTimeout(this.timer);
    this.timer = undefined;
    this.wish = null;
    this.asked?.abort.abort();
    this.asked = null;
  }

  private schedule(ms: number): void {
    window.clearTimeout(this.timer);
    this.timer = window.setTimeout(() => void this.ask(), ms);
  }

  private async ask(): Promise<void> {
    this.timer = undefined;
    const degrees = this.wish;
    if (degrees === null || this.asked !== null) {
      return;
    }
    this.wish = null;
    const asked = { degrees, since: performance.now(), abort: new AbortController() };
    this.asked = asked;
    try {
      const picture = await this.send(degrees, asked.abort.signal);
      if (this.asked === asked) {
        this.asked = null;
        this.keep({ url: URL.createObjectURL(picture), ms: Math.round(performance.now() - asked.since), degrees });
      }
    } catch (thrown) {
      if (this.asked === asked) {
        this.asked = null;
        this.fail(degrees, asProblem(thrown));
      }
    }
    if (this.asked === null && this.wish !== null && this.timer === undefined) {
      this.schedule(0);
    }
  }

  private keep(made: Made): void {
    this.kept.set(keyOf(made.degrees), made);
    const oldest = this.kept.keys().next().value;
    if (this.kept.size > MOST_KEPT && oldest !== undefined) {
      URL.revokeObjectURL(this.kept.get(oldest)?.url ?? "");
      this.kept.delete(oldest);
    }
    this.set({ made, busy: this.wish !== null, problem: null });
  }

  private fail(degrees: Degrees, problem: Problem): void {
    if (this.wish === null && problem.retryAfterS !== undefined) {
      // All cores are busy for now: a trial costs nothing, so it waits for its turn again.
      this.wish = degrees;
      this.set({ ...this.current, busy: true });
      this.timer = window.setTimeout(() => void this.ask(), problem.retryAfterS * 1000);
      return;
    }
    this.set({ ...this.current, busy: this.wish !== null, problem });
  }

  private set(next: LiveState): void {
    this.current = next;
    this.listeners.forEach((listener) => listener());
  }
}
