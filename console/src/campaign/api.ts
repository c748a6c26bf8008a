import type { Fusion, ShownPage } from "./shapes";
import { clock, language, text } from "./text";

/** So long nothing at all comes or goes before the visitor is told. */
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

  /** Whether the network is to blame: the same may be sent again. */
  get isAboutNetwork(): boolean {
    return this.code === "offline" || this.code === "slow";
  }

  /** Whether nothing helps but to come back later, if at all. */
  get isOver(): boolean {
    return this.code === "too_many_visits" || this.code === "paused" || this.code === "not_found";
  }

  /** Whether the consent must be given again. */
  get isAboutConsent(): boolean {
    return this.code === "no_consent" || this.code === "consent_outdated";
  }
}

const PHOTO_CODES = ["undecodable", "bad_size", "no_face", "face_too_small", "face_cut", "unfusable", "not_fetched", "wrong_file", "unreadable", "too_large", "heavy"];

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
  return trouble(response.status, await response.text().catch(() => ""));
}

function trouble(status: number, body: string): Trouble {
  let told: Refusal = {};
  try {
    told = JSON.parse(body) as Refusal;
  } catch {
    // A server in front of ours answered.
  }
  const code = told.error?.code ?? (status === 413 ? "too_large" : `http_${status}`);
  const wait = told.error?.retry_after_s ?? 0;
  if (code === "too_many_visits") {
    return new Trouble(code, text.limit(clock(new Date(Date.now() + wait * 1000 + 59_000))), wait);
  }
  if (status === 404) {
    return new Trouble("not_found", text.gone);
  }
  if (status === 429) {
    return new Trouble("busy", told.error?.message ?? text.busy, Math.max(1, wait));
  }
  if (status >= 500) {
    return new Trouble("broken", text.broken, wait);
  }
  return new Trouble(code, told.error?.message ?? text.broken, wait);
}

/** What is under way, as far as the browser knows it: the part of the photo that is sent, then only that it is. */
export interface Underway {
  onSent: (part: number) => void;
  onFusing: () => void;
}

/** Sends a photo. `fetch` does not tell how much of it is sent, so this is done the older way. */
function send(path: string, photo: Blob, underway: Underway): Promise<string> {
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest();
    let timer = 0;
    // A slow network may take long, as long as something goes on.
    const stir = () => {
      window.clearTimeout(timer);
      timer = window.setTimeout(() => {
        reject(new Trouble("slow", text.slow));
        request.abort();
      }, SLOW_MS);
    };
    request.open("POST", path);
    request.setRequestHeader("accept", "application/json");
    request.setRequestHeader("accept-language", language === "zh" ? "zh-CN" : "en");
    request.setRequestHeader("content-type", photo.type || "image/jpeg");
    request.upload.onprogress = (event) => {
      stir();
      if (event.lengthComputable && event.total > 0) {
        underway.onSent(event.loaded / event.total);
      }
    };
    request.upload.onload = () => {
      stir();
      underway.onFusing();
    };
    request.onload = () => (request.status >= 200 && request.status < 300 ? resolve(request.responseText) : reject(trouble(request.status, request.responseText)));
    request.onerror = () => reject(new Trouble("offline", text.offline));
    request.onloadend = () => window.clearTimeout(timer);
    stir();
    request.send(photo);
  });
}

export class Api {
  private readonly base: string;

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

  /** Fuses a photo. Sent again, the same one for the same template is paid once. */
  async fuse(material: string, receipt: string, photo: Blob, underway: Underway): Promise<Fusion> {
    const query = `material=${encodeURIComponent(material)}&receipt=${encodeURIComponent(receipt)}`;
    const fusion = JSON.parse(await send(`${this.base}/fusions?${query}`, photo, underway)) as Fusion;
    // The same server under the address that the visitor came by.
    return { ...fusion, picture: new URL(fusion.picture, window.location.href).pathname };
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
