import { Problem } from "./problem";

/**
 * Keys under which something is done once however often it is asked for: orders and top-ups.
 *
 * A key is kept for what it is asked for (`about`, such as the purchase) until the server has answered, so that a
 * lost connection, a second click or a reload in the middle repeats the same key, and nothing is paid twice.
 */
export function onceKey(kind: string, about: unknown): string {
  const place = placeOf(kind, about);
  const kept = sessionStorage.getItem(place);
  if (kept !== null) {
    return kept;
  }
  const key = crypto.randomUUID();
  sessionStorage.setItem(place, key);
  return key;
}

/** The server has answered: the next of the same is a new one. */
export function forgetOnceKey(kind: string, about: unknown): void {
  sessionStorage.removeItem(placeOf(kind, about));
}

/** Does something under its key and forgets the key once it is known how it ended. */
export async function once<T>(kind: string, about: unknown, act: (key: string) => Promise<T>): Promise<T> {
  try {
    const done = await act(onceKey(kind, about));
    forgetOnceKey(kind, about);
    return done;
  } catch (thrown) {
    // Refused for a reason: it did not happen. Otherwise nobody knows, and the key stays.
    if (thrown instanceof Problem && !thrown.mayPass && thrown.status !== 401) {
      forgetOnceKey(kind, about);
    }
    throw thrown;
  }
}

function placeOf(kind: string, about: unknown): string {
  return `mien.once.${kind}.${JSON.stringify(about)}`;
}
