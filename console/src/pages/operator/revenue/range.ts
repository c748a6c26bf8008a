export type Range = "30" | "90" | "365";

/** The first and the last day of a range that ends with `today`; twelve months begin with the first of theirs. */
export function daysOf(range: Range, today: string): { from: string; to: string } {
  if (range === "365") {
    const year = Number(today.slice(0, 4));
    const month = Number(today.slice(5, 7));
    const first = new Date(Date.UTC(year, month - 12, 1));
    return { from: first.toISOString().slice(0, 10), to: today };
  }
  const first = Date.parse(`${today}T00:00:00Z`) - (Number(range) - 1) * 86_400_000;
  return { from: new Date(first).toISOString().slice(0, 10), to: today };
}
