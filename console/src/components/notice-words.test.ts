import { expect, test } from "vitest";
import type { Schema } from "@/api/types";
import { noticeWords } from "./notice-words";

const known = { names: new Map([["300100", "春节换装"]]), licensed: new Set<string>() };
const about: Schema["NoticeBody"] = { notice: "licence_ends", activity: "300100", ends: "", days_left: 7 };
const notice = (title_zh: string, text_zh: string, title_en: string, text_en: string): Schema["Notice"] => ({ id: "1", at: "", seen: false, about, title_zh, text_zh, title_en, text_en });

test("activities stand by their names, calls in groups of three", () => {
  const used = notice(
    "活动 300100 的套餐资源包已使用 95%",
    "活动 300100 的套餐资源包共 10000 次，已使用 9520 次。",
    "The licence pack of activity 300100 is 95 % used",
    "9520 of 10000 calls of the licence pack of activity 300100 are used.",
  );
  expect(noticeWords(used, "zh", known)).toEqual({ title: "「春节换装」的套餐资源包已使用 95%", text: "「春节换装」的套餐资源包共 10,000 次，已使用 9,520 次。" });
  expect(noticeWords(used, "en", known)).toEqual({ title: "The licence pack of “春节换装” is 95% used", text: "9,520 of 10,000 calls of the licence pack of “春节换装” are used." });
});

test("materials are told with their activity; what is not known keeps its id", () => {
  const decided = notice("素材 qc_300100_154009_9：审核通过", "活动 300999 的素材", "Material qc_300100_154009_9: passed", "activity 300999");
  expect(noticeWords(decided, "zh", known)).toEqual({ title: "「春节换装」的素材 qc_300100_154009_9：审核通过", text: "活动 300999 的素材" });
  expect(noticeWords(decided, "en", known)).toEqual({ title: "Material qc_300100_154009_9 of “春节换装”: passed", text: "activity 300999" });
});

test("who has a licence by now is not asked to buy one", () => {
  const used = {
    ...notice(
      "活动 300100 的免费额度已用完",
      "活动 300100 的免费额度共 500 次，已使用 500 次。未购买技术授权的活动，后续调用将被拒绝，请购买技术授权。",
      "The free calls of activity 300100 is used up",
      "500 of 500 calls of the free calls of activity 300100 are used. Without a licence further calls are refused: buy a licence to go on.",
    ),
    about: { notice: "pack_used", grant: "1", kind: "free", activity: "300100", percent: 100, used: 500, total: 500 } as const,
  };
  expect(noticeWords(used, "zh", known).text).toContain("请购买技术授权");
  expect(noticeWords(used, "en", known).text).toContain("buy a licence");
  const licensed = { ...known, licensed: new Set(["300100"]) };
  expect(noticeWords(used, "zh", licensed).text).toBe("「春节换装」的免费额度共 500 次，已使用 500 次。活动现已有技术授权，后续调用由资源包抵扣，没有资源包时按后付费计费。");
  expect(noticeWords(used, "en", licensed).text).toBe("500 of 500 calls of the free calls of “春节换装” are used. The activity has a licence by now: further calls are paid by its packs, or postpaid where there are none.");
});
