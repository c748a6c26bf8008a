import { expect, test } from "vitest";
import type { Schema } from "@/api/types";
import { noticeWords } from "./notice-words";

const names = new Map([["300100", "春节换装"]]);
const about: Schema["NoticeBody"] = { notice: "licence_ends", activity: "300100", ends: "", days_left: 7 };
const notice = (title_zh: string, text_zh: string, title_en: string, text_en: string): Schema["Notice"] => ({ id: "1", at: "", seen: false, about, title_zh, text_zh, title_en, text_en });

test("activities stand by their names, calls in groups of three", () => {
  const used = notice(
    "活动 300100 的套餐资源包已使用 95%",
    "活动 300100 的套餐资源包共 10000 次，已使用 9520 次。",
    "The licence pack of activity 300100 is 95 % used",
    "9520 of 10000 calls of the licence pack of activity 300100 are used.",
  );
  expect(noticeWords(used, "zh", names)).toEqual({ title: "「春节换装」的套餐资源包已使用 95%", text: "「春节换装」的套餐资源包共 10,000 次，已使用 9,520 次。" });
  expect(noticeWords(used, "en", names)).toEqual({ title: "The licence pack of “春节换装” is 95% used", text: "9,520 of 10,000 calls of the licence pack of “春节换装” are used." });
});

test("materials are told with their activity; what is not known keeps its id", () => {
  const decided = notice("素材 qc_300100_154009_9：审核通过", "活动 300999 的素材", "Material qc_300100_154009_9: passed", "activity 300999");
  expect(noticeWords(decided, "zh", names)).toEqual({ title: "「春节换装」的素材 qc_300100_154009_9：审核通过", text: "活动 300999 的素材" });
  expect(noticeWords(decided, "en", names)).toEqual({ title: "Material qc_300100_154009_9 of “春节换装”: passed", text: "activity 300999" });
});
