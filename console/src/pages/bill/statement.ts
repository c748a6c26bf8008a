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
