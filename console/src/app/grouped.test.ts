import { expect, test } from "vitest";
import { grouped } from "./grouped";

test.each([
  ["套餐二总价比套餐一少 64700.00 元；创建活动时请选择素材额度 30", "套餐二总价比套餐一少 64,700.00 元；创建活动时请选择素材额度 30"],
  ["资源包抵扣 899500 次，15300.00 元，每次 0.017009 元", "资源包抵扣 899,500 次，15,300.00 元，每次 0.017009 元"],
  ["免费额度与套餐资源包（共 300500 次）可用前 3.0 个月", "免费额度与套餐资源包（共 300,500 次）可用前 3.0 个月"],
  ["9520 of 10000 calls of the licence pack of activity 300102 are used.", "9,520 of 10,000 calls of the licence pack of activity 300102 are used."],
  ["12073 postpaid calls in 2026-06 cost 241.46 yuan.", "12,073 postpaid calls in 2026-06 cost 241.46 yuan."],
  ["活动 300100 的技术授权将于 2026-11-30 24:00 到期", "活动 300100 的技术授权将于 2026-11-30 24:00 到期"],
  ["2026-06 账单：1241.46 元", "2026-06 账单：1,241.46 元"],
])("%s", (text, written) => {
  expect(grouped(text)).toBe(written);
});
