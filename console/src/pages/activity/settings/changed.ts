import type { Schema } from "@/api/types";

/** What of an activity can be set. */
export type Settings = Pick<Schema["Activity"], "name" | "details" | "algorithm" | "quota">;

/** What differs from how the activity is; `null` for nothing. */
export function changed(activity: Settings, touched: Partial<Settings>): Partial<Settings> | null {
  const trimmed: Partial<Settings> = { ...touched };
  if (touched.name !== undefined) {
    trimmed.name = touched.name.trim();
  }
  const differing = Object.entries(trimmed).filter(([key, value]) => activity[key as keyof Settings] !== value);
  return differing.length === 0 ? null : (Object.fromEntries(differing));
}

/** The same without some parts. */
export function without(touched: Partial<Settings>, ...parts: (keyof Settings)[]): Partial<Settings> {
  const kept = { ...touched };
  parts.forEach((part) => delete kept[part]);
  return kept;
}
