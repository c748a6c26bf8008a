import { useSyncExternalStore } from "react";
import type { Session } from "./types";

/** What the client knows of the session besides its cookie, which no script can read. */
interface Known {
  session: Session | null;
  /** The session ended while its user was at work. */
  expired: boolean;
}

let known: Known = { session: null, expired: false };
const listeners = new Set<() => void>();

function set(next: Known): void {
  known = next;
  listeners.forEach((listener) => listener());
}

export function currentSession(): Session | null {
  return known.session;
}

/** Signed in, or the session as the server now sees it. */
export function enterSession(session: Session): void {
  const before = known.session?.user.id;
  if (before !== undefined && before !== session.user.id) {
    // Somebody else signed in in another tab: nothing of this page is theirs.
    window.location.assign("/console/");
    return;
  }
  set({ session, expired: false });
}

/** The server knows the session no more. What is on the page stays until its user signs in again. */
export function expireSession(): void {
  if (known.session !== null && !known.expired) {
    set({ ...known, expired: true });
  }
}

/** Signed out on purpose. */
export function leaveSession(): void {
  set({ session: null, expired: false });
}

export function useKnownSession(): Known {
  return useSyncExternalStore(
    (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    () => known,
  );
}
