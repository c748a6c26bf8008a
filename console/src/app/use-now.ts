import { useSyncExternalStore } from "react";

const STEP_MS = 30_000;
let now = Date.now();
let timer: number | undefined;
const listeners = new Set<() => void>();

function tick(): void {
  now = Date.now();
  listeners.forEach((listener) => listener());
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  timer ??= window.setInterval(tick, STEP_MS);
  return () => {
    listeners.delete(listener);
    if (listeners.size === 0) {
      window.clearInterval(timer);
      timer = undefined;
    }
  };
}

/** The time, in ms since 1970, as old as half a minute: for what ends while a page is open. */
export function useNow(): number {
  return useSyncExternalStore(subscribe, () => {
    // Nobody listened for a while: what was kept is old.
    if (timer === undefined && Date.now() - now > STEP_MS) {
      now = Date.now();
    }
    return now;
  });
}
