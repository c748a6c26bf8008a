import { expect, test } from "vitest";
import { paidCalls } from "./statement";

test("calls stand together by activity and payer", () => {
  const usage = [
    { activity: "1", charged_to: "grant:3", outcome: "fused", calls: 90 },
    { activity: "1", charged_to: "grant:3", outcome: "undecodable", calls: 1 },
    { activity: "1", charged_to: "grant:3", outcome: "no_face", calls: 9 },
    { activity: "1", charged_to: "nobody", outcome: "service_failed", calls: 2 },
    { activity: "2", charged_to: "grant:3", outcome: "fused", calls: 5 },
  ];
  expect(paidCalls(usage)).toEqual([
    { activity: "1", charged_to: "grant:3", calls: 100, fused: 90, others: [{ outcome: "no_face", calls: 9 }, { outcome: "undecodable", calls: 1 }] },
    { activity: "1", charged_to: "nobody", calls: 2, fused: 0, others: [{ outcome: "service_failed", calls: 2 }] },
    { activity: "2", charged_to: "grant:3", calls: 5, fused: 5, others: [] },
  ]);
});
