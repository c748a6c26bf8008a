const PLACE = "mien.catalogue-draft";

/** The draft of this tab, so that a reload loses nothing; `null` without. */
export function keptDraft(): string | null {
  return sessionStorage.getItem(PLACE);
}

export function keepDraft(text: string): void {
  sessionStorage.setItem(PLACE, text);
}

export function dropDraft(): void {
  sessionStorage.removeItem(PLACE);
}
