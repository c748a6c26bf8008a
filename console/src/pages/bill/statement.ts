import type { Schema } from "@/api/types";

/** A signed statement as `mien verify` reads it; docs/BILLING.md describes it. */
export interface SignedStatement {
  statement: Statement;
  public_key: string;
  signature: string;
}

export interface Statement {
  format: number;
  account: string;
  account_name: string;
  month: string;
  zone: string;
  issued: string;
  /** Whether the month was over then; otherwise it is preliminary. */
  complete: boolean;
  catalogue: string;
  activities: { id: string; name: string }[];
  opening: string;
  closing: string;
  movements: { at: string; kind: "top_up" | "bill_paid"; amount: string }[];
  orders: { id: string; paid: string; lines: Schema["QuoteLine"][]; total: string }[];
  grants: GrantUse[];
  usage: { activity: string; charged_to: string; outcome: string; calls: number }[];
  postpaid: { calls: number; tier: Schema["Tier"]; exact: string; amount: string } | null;
  chain: { first_seq: number; last_seq: number; before: string; head: string; days: { day: string; calls: number }[] };
}

export interface GrantUse {
  id: string;
  kind: Schema["GrantKind"];
  activity: string | null;
  total: number;
  used_before: number;
  used_in_month: number;
  left: number;
  ends: string | null;
}

/** Calls of an activity that one thing paid for. */
export interface PaidCalls {
  activity: string;
  charged_to: string;
  calls: number;
  fused: number;
  /** How those ended that made no picture, the most first. */
  others: { outcome: string; calls: number }[];
}

/** A statement's calls by activity and payer, in its order. */
export function paidCalls(usage: Statement["usage"]): PaidCalls[] {
  const rows = new Map<string, PaidCalls>();
  for (const { activity, charged_to, outcome, calls } of usage) {
    const key = `${activity} ${charged_to}`;
    const row = rows.get(key) ?? { activity, charged_to, calls: 0, fused: 0, others: [] };
    rows.set(key, row);
    row.calls += calls;
    if (outcome === "fused") {
      row.fused += calls;
    } else {
      row.others.push({ outcome, calls });
    }
  }
  for (const row of rows.values()) {
    row.others.sort((one, other) => other.calls - one.calls);
  }
  return [...rows.values()];
}
