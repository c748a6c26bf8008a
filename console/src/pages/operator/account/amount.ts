/** An amount as typed, such as `5,000` or `12.5`, as the API writes it; `null` if it is none or not above zero. */
export function amountOf(typed: string): string | null {
  const [, whole, fraction = ""] = /^(\d{1,10})(?:\.(\d{1,2}))?$/.exec(typed.trim().replaceAll(/[,，¥￥]/g, "")) ?? [];
  if (whole === undefined) {
    return null;
  }
  const amount = `${whole.replace(/^0+(?=\d)/, "")}.${fraction.padEnd(2, "0")}`;
  return /[1-9]/.test(amount) ? amount : null;
}

/** The first moment after a day in a zone, as the API writes moments. */
export function momentAfter(day: string, zone: string): string {
  const next = Date.parse(`${day}T00:00:00Z`) + 86_400_000;
  // A second look, for the offset may be another one on either side of a change of the clocks.
  const rough = next - offsetAt(next, zone);
  return new Date(next - offsetAt(rough, zone)).toISOString().replace(/\.\d+Z$/, "Z");
}

function offsetAt(at: number, zone: string): number {
  const clock = new Intl.DateTimeFormat("sv-SE", { timeZone: zone, dateStyle: "short", timeStyle: "medium" });
  return Date.parse(`${clock.format(at).replace(" ", "T")}Z`) - Math.floor(at / 1000) * 1000;
}
