import { refused, standingHeaders } from "./client";
import { Problem } from "./problem";

export interface Upload {
  method: "POST" | "PUT";
  /** Address with its parameters filled in. */
  url: string;
  body: Blob;
  /** Told the part that is sent, 0 to 1. */
  onProgress?: (sent: number) => void;
  signal?: AbortSignal;
}

/** Sends a file and reads the JSON answer; unlike fetch it can tell how much is sent. */
export function upload(task: Upload): Promise<unknown> {
  return send(task, "text", (request) => JSON.parse(request.responseText || "null") as unknown);
}

/** Sends a file and takes the picture that comes back. */
export function uploadForPicture(task: Upload): Promise<Blob> {
  return send(task, "blob", (request) => request.response as Blob);
}

function send<T>(task: Upload, type: XMLHttpRequestResponseType, read: (request: XMLHttpRequest) => T): Promise<T> {
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest();
    request.open(task.method, task.url);
    request.responseType = type;
    for (const [name, value] of Object.entries(standingHeaders(task.method))) {
      request.setRequestHeader(name, value);
    }
    request.setRequestHeader("content-type", task.body.type || "application/octet-stream");
    request.upload.onprogress = (event) => {
      if (event.lengthComputable) {
        task.onProgress?.(event.loaded / event.total);
      }
    };
    request.onload = () => {
      if (request.status >= 200 && request.status < 300) {
        resolve(read(request));
      } else {
        void problemOf(request).then(reject);
      }
    };
    request.onerror = () => reject(Problem.unreachable());
    request.onabort = () => reject(new DOMException("aborted", "AbortError"));
    task.signal?.addEventListener("abort", () => request.abort(), { once: true });
    if (task.signal?.aborted) {
      request.abort();
      reject(new DOMException("aborted", "AbortError"));
      return;
    }
    request.send(task.body);
  });
}

async function problemOf(request: XMLHttpRequest): Promise<Problem> {
  const text = request.responseType === "blob" ? await (request.response as Blob).text() : request.responseText;
  let body: unknown;
  try {
    body = JSON.parse(text);
  } catch {
    body = undefined;
  }
  return refused(request.status, body);
}

/** Fills an address: `fill("/a/{id}", {id: "x"}, {name: "b"})` is `/a/x?name=b`. */
export function fill(path: string, parts: Record<string, string>, query: Record<string, string | number | undefined> = {}): string {
  const filled = path.replace(/\{(\w+)\}/g, (_, name: string) => encodeURIComponent(parts[name] ?? ""));
  const pairs = Object.entries(query).flatMap(([name, value]) =>
    value === undefined ? [] : [`${encodeURIComponent(name)}=${encodeURIComponent(value)}`],
  );
  return pairs.length === 0 ? filled : `${filled}?${pairs.join("&")}`;
}
