import type { Schema } from "@/api/types";

export type Need = Schema["PlanNeed"];
export type NeedField = keyof Need;

interface Limits {
  least: number;
  most: number;
  usual: number;
}

/** What may be entered, and what stands there at first. */
export const LIMITS: Record<NeedField, Limits> = {
  calls_per_month: { least: 0, most: 1_000_000_000, usual: 100_000 },
  peak_qps: { least: 0, most: 1000, usual: 20 },
  materials: { least: 1, most: 1000, usual: 10 },
  months: { least: 1, most: 12, usual: 12 },
  peak_days: { least: 0, most: 31, usual: 30 },
};

export const FIELDS = Object.keys(LIMITS) as NeedField[];

/** What is entered, as text; it stands in the page's address. */
export type Entered = Record<NeedField, string>;

export function readEntered(params: URLSearchParams): Entered {
  const entries = FIELDS.map((field) => [field, params.get(field) ?? String(LIMITS[field].usual)] as const);
  return Object.fromEntries(entries) as Entered;
}

/** A whole number within the limits; `null` where it is none. Separators as people write them are passed over. */
export function numberOf(field: NeedField, text: string): number | null {
  const digits = text.replace(/[\s,，]/g, "");
  const { least, most } = LIMITS[field];
  const value = Number(digits);
  return /^\d{1,10}$/.test(digits) && value >= least && value <= most ? value : null;
}

/** The need that is entered; `null` while something of it is not right. */
export function needOf(entered: Entered): Need | null {
  const numbers = FIELDS.map((field) => [field, numberOf(field, entered[field])] as const);
  return numbers.some(([, value]) => value === null) ? null : (Object.fromEntries(numbers) as unknown as Need);
}
