/**
 * Exact arithmetic with the API's amounts for comparisons, such as what a call costs in a pack.
 * What is paid always comes from the server; nothing here is charged.
 */

const DIGITS = 6;
const UNIT = 10n ** BigInt(DIGITS);

/** An amount such as `"0.012"` in millionths of a yuan. */
export function millionths(amount: string): bigint {
  const [, sign, whole, fraction] = /^(-?)(\d+)(?:\.(\d{1,6}))?$/.exec(amount) ?? [];
  if (whole === undefined) {
    throw new Error(`${amount} is no amount`);
  }
  const value = BigInt(whole) * UNIT + BigInt((fraction ?? "").padEnd(DIGITS, "0"));
  return sign === "-" ? -value : value;
}

/** Millionths as an amount of two digits, or as many as it needs. */
export function amountOf(value: bigint): string {
  const positive = value < 0n ? -value : value;
  const fraction = String(positive % UNIT).padStart(DIGITS, "0").replace(/0{1,4}$/, "");
  return `${value < 0n ? "-" : ""}${positive / UNIT}.${fraction}`;
}

/** Price of a number of calls at a price for each. */
export function priceOf(calls: number, unitPrice: string): string {
  return amountOf(BigInt(calls) * millionths(unitPrice));
}

/** What each of so many calls costs, rounded half up to the millionth. */
export function unitPriceOf(price: string, calls: number): string {
  const count = BigInt(calls);
  return amountOf((millionths(price) * 2n + count) / (count * 2n));
}

/** `a` less `b`. */
export function less(a: string, b: string): string {
  return amountOf(millionths(a) - millionths(b));
}

/** Which part of `whole` is `part`, from 0 to 1; good enough for a bar or a percentage. */
export function share(part: string, whole: string): number {
  const all = millionths(whole);
  return all === 0n ? 0 : Number((millionths(part) * 10_000n) / all) / 10_000;
}

/** Whether an amount is above zero. */
export function isPositive(amount: string): boolean {
  return millionths(amount) > 0n;
}

/** The tier that a month's total of postpaid calls reaches. */
export function tierOf<T extends { first: number; last: number | null }>(tiers: readonly T[], calls: number): T | undefined {
  return tiers.find((tier) => calls >= tier.first && (tier.last === null || calls <= tier.last));
}
