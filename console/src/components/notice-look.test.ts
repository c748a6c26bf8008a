import { expect, test } from "vitest";
import type { Schema } from "@/api/types";
import { lookOf } from "./notice-look";

test.each<[Schema["NoticeBody"], object]>([
  [{ notice: "pack_used", grant: "1", kind: "licence", activity: "300100", percent: 80, used: 8000, total: 10_000 }, { kind: "use", tone: "plain" }],
  [{ notice: "pack_used", grant: "1", kind: "pack", activity: null, percent: 100, used: 1, total: 1 }, { tone: "bad", page: "buy?what=pack" }],
  [{ notice: "licence_ends", activity: "300100", ends: "", days_left: 7 }, { kind: "time", tone: "warning", page: "buy?what=licence&activity=300100" }],
  [{ notice: "in_arrears", month: "2026-11", owed: "1", balance: "0", short: "1" }, { kind: "money", tone: "bad", page: "balance" }],
  [{ notice: "bill_drawn", month: "2026-11", calls: 1, amount: "0.02", paid: true }, { tone: "plain", page: "bills/2026-11" }],
  [{ notice: "material_decided", material: "qc_300100_154001_1", status: "appeal_lost", reason: "", at: "" }, { kind: "review", tone: "warning", page: "activities/300100/materials" }],
])("%o", (about, look) => {
  expect(lookOf(about)).toMatchObject(look);
});

test("free calls of an activity with a licence lead to its use, not to a licence", () => {
  const about = { notice: "pack_used", grant: "1", kind: "free", activity: "300100", percent: 100, used: 500, total: 500 } as const;
  expect(lookOf(about)).toMatchObject({ tone: "bad", page: "buy?what=licence&activity=300100" });
  expect(lookOf(about, new Set(["300100"]))).toMatchObject({ tone: "plain", page: "usage?split=charged_to", go: "usage" });
  expect(lookOf(about, new Set(["300101"]))).toMatchObject({ go: "buyLicence" });
});
