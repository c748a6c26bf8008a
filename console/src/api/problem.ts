/** Why the server did not do what was asked, or why it could not be asked. */
export class Problem extends Error {
  /** The answer's HTTP status; 0 when there was no answer. */
  readonly status: number;
  /** The API's code, such as `quota_full`; `unreachable` when there was no answer. */
  readonly code: string;
  /** The numbers that came with it. */
  readonly numbers: Readonly<Record<string, unknown>>;

  constructor(status: number, code: string, message: string, numbers: Record<string, unknown> = {}) {
    super(message);
    this.name = "Problem";
    this.status = status;
    this.code = code;
    this.numbers = numbers;
  }

  /** No answer came: nobody knows whether it was done. */
  static unreachable(): Problem {
    return new Problem(0, "unreachable", "");
  }

  /** Reads what the server answered, whatever it is. */
  static of(status: number, body: unknown): Problem {
    if (isRecord(body) && isRecord(body["error"])) {
      const { code, message, ...numbers } = body["error"];
      if (typeof code === "string" && typeof message === "string") {
        return new Problem(status, code, message, numbers);
      }
    }
    return new Problem(status, status === 413 ? "too_large" : "no_reason", "");
  }

  /** Seconds to wait before the next try, where the server says so. */
  get retryAfterS(): number | undefined {
    const seconds = this.numbers["retry_after_s"];
    return typeof seconds === "number" && seconds > 0 ? Math.ceil(seconds) : undefined;
  }

  /** Whether the same request may well succeed later. */
  get mayPass(): boolean {
    return this.status === 0 || this.status === 429 || this.status >= 500;
  }
}

/** What was thrown, as a problem. */
export function asProblem(thrown: unknown): Problem {
  if (thrown instanceof Problem) {
    return thrown;
  }
  return new Problem(-1, "unforeseen", thrown instanceof Error ? thrown.message : String(thrown));
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
