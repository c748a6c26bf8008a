/** Days and months as the API writes them, `2026-11-24` and `2026-11`. Pure text: no zone comes into it. */

const DAY_MS = 86_400_000;

const noon = (day: string) => Date.parse(`${day}T12:00:00Z`);
const written = (ms: number) => new Date(ms).toISOString().slice(0, 10);

export function addDays(day: string, days: number): string {
  return written(noon(day) + days * DAY_MS);
}

/** Days from the first to the last, both counted. */
export function daysBetween(first: string, last: string): number {
  return Math.round((noon(last) - noon(first)) / DAY_MS) + 1;
}

/** All days from the first to the last. */
export function eachDay(first: string, last: string): string[] {
  return Array.from({ length: Math.max(0, daysBetween(first, last)) }, (_, index) => addDays(first, index));
}

/** 0 for Monday to 6 for Sunday. */
export function weekday(day: string): number {
  return (new Date(noon(day)).getUTCDay() + 6) % 7;
}

export function monthOf(day: string): string {
  return day.slice(0, 7);
}

export function addMonths(month: string, months: number): string {
  const [year, number] = month.split("-").map(Number) as [number, number];
  return new Date(Date.UTC(year, number - 1 + months, 1)).toISOString().slice(0, 7);
}

export function firstDay(month: string): string {
  return `${month}-01`;
}

export function lastDay(month: string): string {
  return addDays(firstDay(addMonths(month, 1)), -1);
}

/** Whether a text is a day that exists. */
export function isDay(text: string | null | undefined): text is string {
  return text != null && /^\d{4}-\d\d-\d\d$/.test(text) && !Number.isNaN(noon(text)) && written(noon(text)) === text;
}
