import { useSyncExternalStore } from "react";

export type Language = "zh" | "en";

const KEY = "mien.language";
const listeners = new Set<() => void>();
let language: Language = document.documentElement.lang.startsWith("en") ? "en" : "zh";

/** The language in use, for code outside of components. */
export function currentLanguage(): Language {
  return language;
}

/** Switches at once and remembers it. */
export function setLanguage(next: Language): void {
  language = next;
  document.documentElement.lang = next === "zh" ? "zh-CN" : "en";
  try {
    localStorage.setItem(KEY, next);
  } catch {
    // Without storage it holds until the page is left.
  }
  listeners.forEach((listener) => listener());
}

export function useLanguage(): Language {
  return useSyncExternalStore(
    (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    () => language,
  );
}
