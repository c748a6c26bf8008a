import { en, zh } from "./words";

type Language = "zh" | "en";

const KEPT = "mien.campaign.language";

function first(): Language {
  try {
    const kept = localStorage.getItem(KEPT);
    if (kept === "zh" || kept === "en") {
      return kept;
    }
  } catch {
    // A browser that keeps nothing tells its own language each time.
  }
  return /^zh\b/i.test(navigator.language || "zh") ? "zh" : "en";
}

/** The language of the page: what the visitor chose, else Chinese for who reads Chinese, English for everyone else. */
export let language: Language = first();
export let text = language === "zh" ? zh : en;

/** Goes on in the other language; what is shown has to be drawn anew. */
export function switchLanguage(): void {
  language = language === "zh" ? "en" : "zh";
  text = language === "zh" ? zh : en;
  nameLanguage();
  try {
    localStorage.setItem(KEPT, language);
  } catch {
    // Then it holds until the page is left.
  }
}

/** Tells the browser which language the page is in. */
export function nameLanguage(): void {
  document.documentElement.lang = language === "zh" ? "zh-CN" : "en";
}

/** `14:05`, with the day if it is not today. */
export function clock(at: Date, now: Date = new Date()): string {
  const time = `${String(at.getHours()).padStart(2, "0")}:${String(at.getMinutes()).padStart(2, "0")}`;
  if (at.toDateString() === now.toDateString()) {
    return time;
  }
  const next = new Date(now.getFullYear(), now.getMonth(), now.getDate() + 1);
  return at.toDateString() === next.toDateString() ? text.tomorrow(time) : text.day(at.getMonth() + 1, at.getDate(), time);
}
