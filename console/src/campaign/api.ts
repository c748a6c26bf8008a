import type { Fusion, ShownPage } from "./shapes";
import { clock, language, text } from "./text";

const SLOW_MS = 40_000;

/** Why there is no picture, in words for the visitor. */
export class Trouble extends Error {
  /** The API's code, or `offline`, `slow`, or one of the photo's. */
  readonly code: string;
  /** Seconds to wait before the next try. */
  readonly retryAfterS: number;

  constructor(code: string, message: string, retryAfterS = 0) {
    super(message);
    this.code = code;
    this.retryAfterS = retryAfterS;
  }

  /** Whether another photo is the way on; else the same may be tried again. */
  get isAboutPhoto(): boolean {
    return PHOTO_CODES.indexOf(this.code) >= 0;
  }

  /** Whether the consent must be given again. */
  get isAboutConsent(): boolean {
    return this.code === "no_consent" || this.code === "consent_outdated";
  }
}

const PHOTO_CODES = ["undecodable", "bad_size", "no_face", "face_too_small", "face_cut", "unfusable", "not_fetched", "wrong_file", "unreadable", "too_large"];

interface Refusal {
  error?: { code?: string; message?: string; retry_after_s?: number };
}

async function ask(path: string, init: RequestInit = {}): Promise<Response> {
  const controller = new AbortController();
  const timer = window.setTimeout(() => controller.abort(), SLOW_MS);
  try {
    const response = await fetch(path, {
      ...init,
      credentials: "same-origin",
      signal: controller.signal,
      headers: { accept: "application/json", "accept-language": language === "zh" ? "zh-CN" : "en", ...init.headers },
    });
    if (!response.ok) {
      throw await troubleOf(response);
    }
    return response;
  } catch (thrown) {
    if (thrown instanceof Trouble) {
      throw thrown;
    }
    throw controller.signal.aborted ? new Trouble("slow", text.slow) : new Trouble("offline", text.offline);
  } finally {
    window.clearTimeout(timer);
  }
}

async function troubleOf(response: Response): Promise<Trouble> {
  let told: Refusal = {};
  try {
    told = (await response.json()) as Refusal;
  } catch {
    // A server in front of ours answered.
  }
  const code = told.error?.code ?? (response.status === 413 ? "too_large" : `http_${response.status}`);
  const wait = told.error?.retry_after_s ?? 0;
  if (code === "too_many_visits") {
    return new Trouble(code, text.limit(clock(new Date(Date.now() + wait * 1000 + 59_000))), wait);
  }
  if (response.status === 404) {
    return new Trouble("not_found", text.gone);
  }
  if (response.status === 429) {
    return new Trouble("busy", told.error?.message ?? text.busy, Math.max(1, wait));
  }
  if (response.status >= 500) {
    return new Trouble("broken", text.broken, wait);
  }
  return new Trouble(code, told.error?.message ?? text.broken, wait);
}

/** A photo on its way into a material. It keeps its name until there is a picture, so that it is charged once. */
interface Attempt {
  material: string;
  photo: Blob;
  name: string;
}

export class Api {
  private readonly base: string;
  private attempt: Attempt | null = null;

  constructor(slug: string) {
    this.base = `/c/${encodeURIComponent(slug)}`;
  }

  async page(preview: boolean): Promise<ShownPage> {
    const response = await ask(`${this.base}/campaign.json${preview ? "?preview=1" : ""}`);
    return (await response.json()) as ShownPage;
  }

  /** Tells that the visitor agrees to the text with this digest; the receipt. */
  async agree(digest: string): Promise<string> {
    const response = await ask(`${this.base}/consents`, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify({ text_digest: digest }),
    });
    return ((await response.json()) as { receipt: string }).receipt;
  }

  async fuse(material: string, receipt: string, photo: Blob): Promise<Fusion> {
    const query = `material=${encodeURIComponent(material)}&receipt=${encodeURIComponent(receipt)}&attempt=${this.attemptName(material, photo)}`;
    const response = await ask(`${this.base}/fusions?${query}`, {
      method: "POST",
      headers: { "content-type": photo.type || "image/jpeg" },
      body: photo,
    });
    const fusion = (await response.json()) as Fusion;
    this.attempt = null;
    // The same server under the address that the visitor came by.
    return { ...fusion, picture: new URL(fusion.picture, window.location.href).pathname };
  }

  private attemptName(material: string, photo: Blob): string {
    const { attempt } = this;
    if (attempt !== null && attempt.material === material && attempt.photo === photo) {
      return attempt.name;
    }
    const random = window.crypto.getRandomValues(new Uint8Array(16));
    const name = Array.from(random, (byte) => byte.toString(16).padStart(2, "0")).join("");
    this.attempt = { material, photo, name };
    return name;
  }

  /** Deletes a picture; it is gone when this returns. */
  async remove(token: string): Promise<void> {
    try {
      await ask(`${this.base}/fusions/${encodeURIComponent(token)}`, { method: "DELETE" });
    } catch (thrown) {
      if (!(thrown instanceof Trouble) || thrown.code !== "not_found") {
        throw thrown;
      }
    }
  }
}
